package dev.gatehouse.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Locale;

/**
 * Times as people write them: {@code 500ms}, {@code 10s}, {@code 30m}, {@code 12h}, {@code 90d}.
 */
public final class Durations {

  private Durations() {}

  /** Accepts ISO 8601 ({@code PT10S}) as well. */
  public static Duration parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < lower.length() && lower.charAt(digits) >= '0' && lower.charAt(digits) <= '9') {
      digits++;
    }
    try {
      return digits == 0
          ? Duration.parse(text)
          : Duration.of(Long.parseLong(lower.substring(0, digits)), unit(lower.substring(digits)));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw wrong();
    }
  }

  private static TemporalUnit unit(String suffix) {
    return switch (suffix) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      default -> throw wrong();
    };
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("a time is a number and ms, s, m, h or d, for example 10s");
  }
}
