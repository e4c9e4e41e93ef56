package dev.gatehouse.gateway.trust;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: doubling from the first to the longest, of each the
 * upper half at random, so that gateways do not come back in step.
 */
final class BackOff {

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private int failures;

  /**
   * @param random from 0 to 1
   */
  BackOff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  Duration next() {
    Duration doubled = first.multipliedBy(1L << Math.min(failures, 20));
    failures++;
    return jittered(doubled.compareTo(longest) < 0 ? doubled : longest);
  }

  /** For what will not be better soon. */
  Duration rarely() {
    return jittered(longest);
  }

  void reset() {
    failures = 0;
  }

  private Duration jittered(Duration most) {
    return Duration.ofMillis(Math.round(most.toMillis() * (0.5 + random.getAsDouble() / 2)));
  }
}
