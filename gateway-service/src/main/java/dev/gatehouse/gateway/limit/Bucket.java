package dev.gatehouse.gateway.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket that holds one second's worth of a rate, in one number: the moment at which it
 * will be full (the generic cell rate algorithm). As that is a time and no count of tokens, a new
 * rate leaves an empty bucket empty. What may be known only afterwards, such as the length of a
 * body, is spent into debt.
 */
final class Bucket implements Measured {

  /** One second's worth, in nanoseconds. */
  static final long BURST = 1_000_000_000L;

  /** About 36 years; keeps the arithmetic from overflowing. */
  private static final long LONGEST = 1L << 60;

  private final LongSupplier clock;
  private final AtomicLong fullAt;
  private final AtomicLong asked = new AtomicLong();

  /** Nanoseconds for each unit; 0: no limit. */
  private volatile double cost;

  /**
   * @param clock of {@link System#nanoTime()}
   */
  Bucket(LongSupplier clock) {
    this.clock = clock;
    this.fullAt = new AtomicLong(clock.getAsLong());
  }

  /**
   * Takes one.
   *
   * @return 0, or the nanoseconds until there is one
   */
  long take(long now) {
    double price = cost;
    if (price == 0) {
      return 0;
    }
    asked.getAndIncrement();
    while (true) {
      long before = fullAt.get();
      long missing = Math.max(0, before - now) + (long) price;
      if (missing > BURST) {
        return missing - BURST;
      }
      if (fullAt.compareAndSet(before, now + missing)) {
        return 0;
      }
    }
  }

  /** Puts back one that was taken and not used. */
  void giveBack() {
    fullAt.getAndAdd(-(long) cost);
  }

  /** Takes what has been used already, into debt if need be. */
  void spend(long units, long now) {
    double price = cost;
    if (price == 0) {
      return;
    }
    asked.getAndAdd(units);
    while (true) {
      long before = fullAt.get();
      long missing = Math.max(0, before - now) + (long) Math.min(LONGEST, units * price);
      if (fullAt.compareAndSet(before, now + Math.min(LONGEST, missing))) {
        return;
      }
    }
  }

  /** The nanoseconds until the debt is paid; 0: there is none. */
  long debt(long now) {
    return cost == 0 ? 0 : Math.max(0, fullAt.get() - now - BURST);
  }

  /** Notes that somebody wanted to spend so much, and was not let in. */
  void wanted(long units) {
    asked.getAndAdd(units);
  }

  /**
   * What there is of the burst stays the same part of it; what is owed stays the same number of
   * units. So nobody gains a burst by a change, nor loses an hour by one.
   */
  @Override
  public void allow(double amount) {
    double before = cost;
    double after = BURST / amount;
    if (before == after) {
      return;
    }
    cost = after;
    if (before == 0 || after == 0) {
      return;
    }
    long now = clock.getAsLong();
    fullAt.updateAndGet(
        full -> {
          long debt = full - now - BURST;
          return debt <= 0 ? full : now + BURST + (long) Math.min(LONGEST, debt * (after / before));
        });
  }

  @Override
  public double asked(double seconds) {
    return asked.getAndSet(0) / seconds;
  }

  @Override
  public boolean isIdle() {
    return fullAt.get() - clock.getAsLong() <= 0;
  }
}
