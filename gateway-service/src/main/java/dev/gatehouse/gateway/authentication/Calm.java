package dev.gatehouse.gateway.authentication;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whether few tokens are refused at the moment. In a flood of forged ones it is not calm, from the
 * refusal on that is one too many until a whole second has passed with fewer.
 */
final class Calm {

  /**
   * Refusals in a second, of tokens that nobody remembers. Misconfigured clients send the same
   * token over and over, which counts once; and so many cost an event loop no more than 1 %.
   */
  static final int MOST_REFUSALS = 100;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private volatile Second current;

  /** Some time in which refusals are counted: a second, or more if nobody asked. */
  private static final class Second {
    private final long startedAt;
    private final boolean inFlood;
    private final AtomicInteger refusals = new AtomicInteger();

    private Second(long startedAt, boolean inFlood) {
      this.startedAt = startedAt;
      this.inFlood = inFlood;
    }

    private boolean isTooMuch() {
      return refusals.get() >= MOST_REFUSALS;
    }
  }

  /**
   * @param nanos as {@link System#nanoTime()}
   */
  Calm(LongSupplier nanos) {
    this.nanos = nanos;
    this.current = new Second(nanos.getAsLong(), false);
  }

  boolean isNow() {
    Second second = second();
    return !second.inFlood && !second.isTooMuch();
  }

  void refused() {
    second().refusals.getAndIncrement();
  }

  /**
   * Two that begin the next one at once lose what the other has counted since: a refusal or two.
   */
  private Second second() {
    Second second = current;
    long now = nanos.getAsLong();
    if (now - second.startedAt < SECOND) {
      return second;
    }
    Second next = new Second(now, second.isTooMuch() && now - second.startedAt < 2 * SECOND);
    current = next;
    return next;
  }
}
