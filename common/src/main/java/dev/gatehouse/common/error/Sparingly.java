package dev.gatehouse.common.error;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Lets something be said once a second and counts how often it was not said meanwhile: while
 * PostgreSQL is gone every call fails for the same reason, and one line says it as well as
 * thousands.
 */
final class Sparingly {

  /** It is not one's turn. */
  static final long NOT_NOW = -1;

  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final AtomicLong due;
  private final LongAdder unsaid = new LongAdder();

  /**
   * @param nanos like {@link System#nanoTime()}
   */
  Sparingly(LongSupplier nanos) {
    this.nanos = nanos;
    this.due = new AtomicLong(nanos.getAsLong());
  }

  /** How many were not said since the last one that was; {@link #NOT_NOW}: nor is this one. */
  long turn() {
    long now = nanos.getAsLong();
    long next = due.get();
    if (now - next < 0 || !due.compareAndSet(next, now + PAUSE)) {
      unsaid.increment();
      return NOT_NOW;
    }
    return unsaid.sumThenReset();
  }
}
