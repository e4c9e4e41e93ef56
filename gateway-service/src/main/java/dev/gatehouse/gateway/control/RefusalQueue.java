package dev.gatehouse.gateway.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refused calls that a service has yet to hear of. Whoever asks in vain without end fills neither
 * this memory nor the audit log: beyond the bounds a call is not taken.
 */
final class RefusalQueue {

  static final int MAX_WAITING = 1_000;
  static final int MAX_PER_MINUTE = 60;

  private static final int MAX_TENANTS = 10_000;
  private static final long WINDOW = Duration.ofMinutes(1).toNanos();

  private final Deque<RefusedCall> waiting = new ArrayDeque<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private long windowStart;

  RefusalQueue(long now) {
    this.windowStart = now;
  }

  /**
   * Takes it, if there is room for it.
   *
   * @param now nanoseconds of a clock that only goes forward
   */
  synchronized boolean add(RefusedCall call, long now) {
    if (now - windowStart >= WINDOW) {
      windowStart = now;
      counts.clear();
    }
    if (waiting.size() >= MAX_WAITING
        || (counts.size() >= MAX_TENANTS && !counts.containsKey(call.tenant()))
        || counts.getOrDefault(call.tenant(), 0) >= MAX_PER_MINUTE) {
      return false;
    }
    counts.merge(call.tenant(), 1, Integer::sum);
    waiting.add(call);
    return true;
  }

  /** The oldest, which stay until they are {@link #told}. */
  synchronized List<RefusedCall> oldest(int most) {
    List<RefusedCall> oldest = new ArrayList<>(most);
    for (RefusedCall call : waiting) {
      if (oldest.size() == most) {
        break;
      }
      oldest.add(call);
    }
    return oldest;
  }

  /** The oldest {@code count} need not be told again. */
  synchronized void told(int count) {
    for (int i = 0; i < count; i++) {
      waiting.poll();
    }
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }
}
