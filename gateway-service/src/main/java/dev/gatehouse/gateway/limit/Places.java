package dev.gatehouse.gateway.limit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many may be under way at a time. They are counted without a limit too: one may come. */
final class Places implements Measured {

  private final AtomicInteger used = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private volatile int most = Integer.MAX_VALUE;
  private volatile int peak;

  boolean take() {
    while (true) {
      int before = used.get();
      if (before >= most) {
        refused.increment();
        return false;
      }
      if (used.compareAndSet(before, before + 1)) {
        if (before >= peak) {
          // Two at once may note the lower one; it serves to share by, and comes again.
          peak = before + 1;
        }
        return true;
      }
    }
  }

  void giveBack() {
    used.decrementAndGet();
  }

  @Override
  public void allow(double amount) {
    most = (int) Math.min(Integer.MAX_VALUE, amount);
  }

  /** The most at a time, and those that were refused. */
  @Override
  public double asked(double seconds) {
    int highest = peak;
    peak = used.get();
    return highest + refused.sumThenReset();
  }

  @Override
  public boolean isIdle() {
    return used.get() == 0;
  }
}
