package dev.gatehouse.key.issuer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * For how long an answer is good, by its cache headers (RFC 9111 §4.2.1): never shorter than a
 * minute, so that a provider is not flooded, nor longer than a quarter of an hour, so that a key
 * that it withdraws does not live on.
 */
final class Freshness {

  static final Duration LEAST = Duration.ofMinutes(1);
  static final Duration MOST = Duration.ofMinutes(15);

  /** When the provider says nothing. */
  static final Duration USUAL = Duration.ofMinutes(5);

  private Freshness() {}

  /**
   * Reads the headers.
   *
   * @param header the value of a header by its name
   */
  static Duration of(Function<String, Optional<String>> header, Instant now) {
    Duration lifetime =
        header
            .apply("Cache-Control")
            .flatMap(Freshness::maxAge)
            .or(() -> header.apply("Expires").map(value -> untilExpiry(value, header, now)))
            .map(value -> value.minus(age(header)))
            .orElse(USUAL);
    return clamped(lifetime);
  }

  private static Duration clamped(Duration lifetime) {
    if (lifetime.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return lifetime.compareTo(MOST) > 0 ? MOST : lifetime;
  }

  private static Optional<Duration> maxAge(String cacheControl) {
    for (String part : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
      String directive = part.strip();
      if (directive.equals("no-store") || directive.equals("no-cache")) {
        return Optional.of(Duration.ZERO);
      }
      if (directive.startsWith("max-age=")) {
        return Optional.of(seconds(directive.substring("max-age=".length()).replace("\"", "")));
      }
    }
    return Optional.empty();
  }

  /** An Expires that is no date, such as 0, means that it is over (RFC 9111 §5.3). */
  private static Duration untilExpiry(
      String expires, Function<String, Optional<String>> header, Instant now) {
    Instant date = header.apply("Date").flatMap(Freshness::httpDate).orElse(now);
    return httpDate(expires).map(end -> Duration.between(date, end)).orElse(Duration.ZERO);
  }

  private static Duration age(Function<String, Optional<String>> header) {
    return header.apply("Age").map(Freshness::seconds).orElse(Duration.ZERO);
  }

  private static Duration seconds(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      return Duration.ZERO;
    }
    return text.length() > 9 ? MOST : Duration.ofSeconds(Long.parseLong(text));
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
