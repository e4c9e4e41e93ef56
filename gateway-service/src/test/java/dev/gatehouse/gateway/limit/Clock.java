package dev.gatehouse.gateway.limit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that goes when it is told to; it starts where {@code nanoTime} is about to overflow. */
final class Clock implements LongSupplier {

  private long now = Long.MAX_VALUE - Duration.ofMillis(1_500).toNanos();

  @Override
  public long getAsLong() {
    return now;
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  void passMillis(long millis) {
    pass(Duration.ofMillis(millis));
  }
}
