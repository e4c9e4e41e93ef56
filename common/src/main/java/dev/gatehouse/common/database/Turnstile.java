package dev.gatehouse.common.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many through at a time, in the order in which they come. Who waits holds nothing.
 * Work begins on the Vert.x context that asked for it.
 */
final class Turnstile {

  private final int width;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int inside;

  Turnstile(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("A turnstile lets at least one through");
    }
    this.width = width;
  }

  <T> Uni<T> pass(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .<T>emitter(
            emitter -> {
              @Nullable Context asked = Vertx.currentContext();
              Runnable turn = () -> run(work, emitter);
              if (enter(() -> on(asked, turn))) {
                turn.run();
              }
            });
  }

  private <T> void run(Supplier<Uni<T>> work, UniEmitter<? super T> emitter) {
    Uni.createFrom()
        .deferred(work::get)
        .subscribe()
        .with(
            item -> {
              leave();
              emitter.complete(item);
            },
            failure -> {
              leave();
              emitter.fail(failure);
            });
  }

  /** Whether there is room now; if not, {@code later} runs as soon as there is. */
  private synchronized boolean enter(Runnable later) {
    if (inside < width) {
      inside++;
      return true;
    }
    waiting.add(later);
    return false;
  }

  private void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        inside--;
      }
    }
    if (next != null) {
      next.run();
    }
  }

  private static void on(@Nullable Context context, Runnable work) {
    if (context == null) {
      work.run();
    } else {
      context.runOnContext(v -> work.run());
    }
  }
}
