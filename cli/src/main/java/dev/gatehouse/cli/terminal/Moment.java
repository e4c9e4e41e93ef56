package dev.gatehouse.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A point in time as people write it: {@code 2026-01-31T12:00:00Z}, {@code 2026-01-31} (its
 * beginning in UTC), {@code now}, or how far away from now it is: {@code 90d}.
 */
public final class Moment {

  private final Optional<Instant> fixed;
  private final Duration distance;

  private Moment(Optional<Instant> fixed, Duration distance) {
    this.fixed = fixed;
    this.distance = distance;
  }

  public static Moment parse(String text) {
    if (text.equals("now")) {
      return new Moment(Optional.empty(), Duration.ZERO);
    }
    try {
      return text.indexOf('-') < 0
          ? new Moment(Optional.empty(), Durations.parse(text))
          : new Moment(Optional.of(fixed(text)), Duration.ZERO);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a point in time is 2026-01-31T12:00:00Z, 2026-01-31, now, or how far from now: 90d");
    }
  }

  private static Instant fixed(String text) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }

  /** Whether it was written as {@code now}, so that the clock of the instance may say when. */
  public boolean isNow() {
    return fixed.isEmpty() && distance.isZero();
  }

  /** In whole seconds; a distance is into the future. */
  public Instant after(Instant now) {
    return fixed.orElseGet(() -> now.plus(distance)).truncatedTo(ChronoUnit.SECONDS);
  }

  /** In whole seconds; a distance is into the past. */
  public Instant before(Instant now) {
    return fixed.orElseGet(() -> now.minus(distance)).truncatedTo(ChronoUnit.SECONDS);
  }
}
