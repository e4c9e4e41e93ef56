package dev.gatehouse.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a server fared lately, as its requests tell. After several failures in a row it is left alone
 * for a while; then one request tries it, and if that fails too the while gets longer. All event
 * loops share it. Times are those of {@link System#nanoTime()}.
 */
final class Health {

  /** How far a while may be from what it should be, so that gateways do not come back together. */
  private static final double JITTER = 0.25;

  private static final int MAX_DOUBLINGS = 20;
  private static final long IN = 0;

  private final int threshold;
  private final long first;
  private final long longest;

  /** {@link #IN}, or until when it is left alone. */
  private final AtomicLong outUntil = new AtomicLong(IN);

  private volatile int failures;
  private int doublings;
  private boolean trying;

  Health(int threshold, Duration first, Duration longest) {
    this.threshold = threshold;
    this.first = first.toNanos();
    this.longest = longest.toNanos();
  }

  boolean isOut() {
    return outUntil.get() != IN;
  }

  /** Whether a request may go there; of those that come when the while is over, one may. */
  boolean takes(long now) {
    long until = outUntil.get();
    return until == IN || (now - until >= 0 && mayTry(until, now));
  }

  /** Returns whether that brings it back. */
  boolean succeeded() {
    return failures != 0 && reset();
  }

  /** Returns whether that takes it out, and it was not out before. */
  synchronized boolean failed(long now) {
    failures = Math.min(failures + 1, threshold);
    boolean wasOut = isOut();
    if (failures < threshold || (wasOut && !trying)) {
      return false;
    }
    trying = false;
    outUntil.set(after(now, jittered(Math.min(longest, first << doublings))));
    doublings = first << doublings < longest ? Math.min(doublings + 1, MAX_DOUBLINGS) : doublings;
    return !wasOut;
  }

  /** If nobody hears how the request fared, another one may try after the same while. */
  private synchronized boolean mayTry(long until, long now) {
    if (!outUntil.compareAndSet(until, after(now, first))) {
      return false;
    }
    trying = true;
    return true;
  }

  private synchronized boolean reset() {
    boolean wasOut = isOut();
    failures = 0;
    doublings = 0;
    trying = false;
    outUntil.set(IN);
    return wasOut;
  }

  private static long jittered(long nanos) {
    return (long) (nanos * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER));
  }

  private static long after(long now, long nanos) {
    long then = now + nanos;
    return then == IN ? 1 : then;
  }
}
