package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a caller is willing to wait for an answer: 0 to 60 seconds. */
public record Wait(Duration duration) {

  public static final Duration MAX = Duration.ofSeconds(60);

  public Wait {
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw invalid();
    }
  }

  /** Reads {@code 10s}, {@code 500ms}, {@code 1m} or ISO 8601 ({@code PT10S}). */
  public static Wait parse(String text) {
    return new Wait(parseDuration(text).orElseThrow(Wait::invalid));
  }

  public static Optional<Wait> parseOptional(@Nullable String text) {
    return Optional.ofNullable(text).map(Wait::parse);
  }

  public long millis() {
    return duration.toMillis();
  }

  static Optional<Duration> parseDuration(String text) {
    String iso = text.toUpperCase(Locale.ROOT);
    try {
      if (iso.startsWith("P")) {
        return Optional.of(Duration.parse(iso));
      }
      if (iso.endsWith("MS")) {
        return Optional.of(Duration.ofMillis(Long.parseLong(iso.substring(0, iso.length() - 2))));
      }
      return Optional.of(Duration.parse("PT" + iso));
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Invalid invalid() {
    return new Invalid(
        ErrorCode.FIELD_INVALID, "wait is a duration of at most 60 s, such as 10s or PT10S");
  }
}
