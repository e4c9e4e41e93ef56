package dev.gatehouse.common.feed.server;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a value that they like, for a limited time. Each is answered once, on the
 * context that it came from.
 */
final class Waiters<T> {

  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();

  /** The emitter gets the first value offered that passes, or null when the time is over. */
  void add(
      Vertx vertx,
      Predicate<T> condition,
      Duration longest,
      UniEmitter<? super @Nullable T> emitter) {
    Waiter waiter = new Waiter(vertx.getOrCreateContext(), condition, emitter);
    waiting.add(waiter);
    long timer = vertx.setTimer(Math.max(1, longest.toMillis()), id -> waiter.answer(null));
    emitter.onTermination(
        () -> {
          vertx.cancelTimer(timer);
          waiting.remove(waiter);
        });
  }

  void offer(T value) {
    for (Waiter waiter : waiting) {
      if (waiter.condition.test(value)) {
        waiter.answer(value);
      }
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  private final class Waiter {
    private final Context context;
    private final Predicate<T> condition;
    private final UniEmitter<? super @Nullable T> emitter;
    private final AtomicBoolean answered = new AtomicBoolean();

    Waiter(Context context, Predicate<T> condition, UniEmitter<? super @Nullable T> emitter) {
      this.context = context;
      this.condition = condition;
      this.emitter = emitter;
    }

    void answer(@Nullable T value) {
      if (answered.compareAndSet(false, true)) {
        waiting.remove(this);
        context.runOnContext(v -> emitter.complete(value));
      }
    }
  }
}
