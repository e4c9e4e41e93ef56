package dev.gatehouse.gateway.authentication;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * Verifies on the caller's event loop what takes no longer than handing it to another thread and
 * back, as long as few tokens are refused: who holds a key can have it used by sending requests in
 * any case, and who holds none cannot have much of it. All else goes on to {@code others}.
 *
 * <p>It is done behind what the loop has to read at the moment, a few tokens at a time. So requests
 * whose tokens are known go first, and the others go on together: a backend that was woken by the
 * first is still awake for the next.
 */
final class QuickVerification implements Verification {

  /** Tokens that are verified before the loop reads again: not much more than a millisecond. */
  private static final int AT_A_TIME = 16;

  private final Function<String, Optional<Outcome>> quickly;
  private final TokenCache cache;
  private final Calm calm;
  private final Verification others;
  private final FastThreadLocal<Batch> batch =
      new FastThreadLocal<>() {
        @Override
        protected Batch initialValue() {
          return new Batch();
        }
      };

  /**
   * @param quickly empty for a token that it would take longer to verify
   */
  QuickVerification(
      Function<String, Optional<Outcome>> quickly,
      TokenCache cache,
      Calm calm,
      Verification others) {
    this.quickly = quickly;
    this.cache = cache;
    this.calm = calm;
    this.others = others;
  }

  @Override
  public Future<Outcome> verify(TokenHash hash, String token) {
    Context context = Vertx.currentContext();
    if (context == null || !Context.isOnEventLoopThread() || !calm.isNow()) {
      return elsewhere(hash, token);
    }
    Promise<Outcome> outcome = Promise.promise();
    batch.get().add(new Waiting(hash, token, outcome), context);
    return outcome.future();
  }

  private Future<Outcome> elsewhere(TokenHash hash, String token) {
    return others.verify(hash, token).onSuccess(this::note);
  }

  private void verify(Waiting waiting) {
    try {
      Optional<Outcome> outcome = calm.isNow() ? quickly.apply(waiting.token()) : Optional.empty();
      if (outcome.isPresent()) {
        cache.remember(waiting.hash(), outcome.get());
        note(outcome.get());
        waiting.outcome().complete(outcome.get());
      } else {
        elsewhere(waiting.hash(), waiting.token()).onComplete(waiting.outcome());
      }
    } catch (Throwable bug) {
      waiting.outcome().tryFail(bug);
    }
  }

  private void note(Outcome outcome) {
    if (outcome instanceof RefusedToken) {
      calm.refused();
    }
  }

  @Override
  public void close() {
    others.close();
  }

  private record Waiting(TokenHash hash, String token, Promise<Outcome> outcome) {

    @Override
    public String toString() {
      return "Waiting";
    }
  }

  /** What waits on one event loop. */
  private final class Batch {

    private final Queue<Waiting> waiting = new ArrayDeque<>();

    void add(Waiting one, Context loop) {
      waiting.add(one);
      if (waiting.size() == 1) {
        loop.runOnContext(now -> run(loop));
      }
    }

    private void run(Context loop) {
      for (int i = 0; i < AT_A_TIME && !waiting.isEmpty(); i++) {
        verify(waiting.remove());
      }
      if (!waiting.isEmpty()) {
        loop.runOnContext(now -> run(loop));
      }
    }
  }
}
