package dev.gatehouse.gateway.proxy;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything under way on one event loop a few times a second. One timer for all costs a
 * request nothing, where a timer each would cost it a place in a queue; the price is that a
 * time-out comes up to {@value #PERIOD_MILLIS} ms late. Confined to its event loop.
 */
final class Watch {

  static final long PERIOD_MILLIS = 100;

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);

  /** Something that ends by itself or is ended when it takes too long. */
  abstract static class Watched {

    private @Nullable Watched previous;
    private @Nullable Watched next;
    private boolean watched;

    /**
     * @param now of {@link System#nanoTime()}
     */
    abstract void look(long now);
  }

  private static final Logger LOG = Logger.getLogger(Watch.class);

  private @Nullable Watched first;
  private long nextLook = System.nanoTime() + PERIOD_NANOS;

  Watch(Vertx vertx) {
    vertx.setPeriodic(PERIOD_MILLIS, timer -> lookAtAll());
  }

  /**
   * When it looks the next time, of {@link System#nanoTime()}. Where something happened just now,
   * this stands for now: a time-out that counts from here never comes too early, and asking the
   * clock several times for each request would cost more.
   */
  long nextLook() {
    return nextLook;
  }

  void add(Watched entry) {
    if (entry.watched) {
      return;
    }
    entry.watched = true;
    entry.next = first;
    if (first != null) {
      first.previous = entry;
    }
    first = entry;
  }

  void remove(Watched entry) {
    if (!entry.watched) {
      return;
    }
    entry.watched = false;
    Watched before = entry.previous;
    Watched after = entry.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    entry.previous = null;
    entry.next = null;
  }

  private void lookAtAll() {
    long now = System.nanoTime();
    nextLook = now + PERIOD_NANOS;
    Watched entry = first;
    while (entry != null) {
      // Looking may end the entry, which takes it off the list.
      Watched next = entry.next;
      try {
        entry.look(now);
      } catch (RuntimeException e) {
        LOG.error("Something under way could not be looked at", e);
      }
      entry = next;
    }
  }
}
