package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Does the CPU work of verifying on threads of its own, a token once at a time however many
 * requests bring it, and turns away what would have to wait too long.
 */
final class VerificationPool implements Verification {

  private static final Outcome OVERLOADED =
      RefusedToken.once(
          new Unavailable(ErrorCode.OVERLOADED, "Too many tokens wait to be verified"));

  private final Function<String, Outcome> verifier;
  private final TokenCache cache;
  private final ThreadPoolExecutor workers;
  private final ConcurrentMap<TokenHash, Promise<Outcome>> underWay = new ConcurrentHashMap<>();

  /**
   * @param queue how many tokens may wait
   */
  VerificationPool(Function<String, Outcome> verifier, TokenCache cache, int threads, int queue) {
    this.verifier = verifier;
    this.cache = cache;
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            work -> worker(work, number.getAndIncrement()));
  }

  /**
   * Yields to the event loops, which serve those whose tokens are known, where the JVM hands
   * priorities on to the system ({@code -XX:ThreadPriorityPolicy=1}).
   */
  @SuppressWarnings("ThreadPriorityCheck") // A hint; nothing is wrong where it does not count.
  private static Thread worker(Runnable work, int number) {
    Thread thread = new Thread(work, "token-verifier-" + number);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  @Override
  public Future<Outcome> verify(TokenHash hash, String token) {
    Promise<Outcome> mine = Promise.promise();
    Promise<Outcome> others = underWay.putIfAbsent(hash, mine);
    if (others != null) {
      return others.future();
    }
    try {
      workers.execute(() -> work(hash, token, mine));
    } catch (RejectedExecutionException e) {
      underWay.remove(hash, mine);
      mine.complete(OVERLOADED);
    }
    return mine.future();
  }

  /**
   * And lets others go on: a scheduler may leave a thread that is busy on its processor for
   * milliseconds, however low its priority, while an event loop waits for it.
   */
  @SuppressWarnings("ThreadPriorityCheck") // A hint, as above.
  private void work(TokenHash hash, String token, Promise<Outcome> result) {
    verify(hash, token, result);
    Thread.yield();
  }

  private void verify(TokenHash hash, String token, Promise<Outcome> result) {
    try {
      Outcome outcome = verifier.apply(token);
      cache.remember(hash, outcome);
      underWay.remove(hash, result);
      result.complete(outcome);
    } catch (Throwable bug) {
      underWay.remove(hash, result);
      result.tryFail(bug);
    }
  }

  @Override
  public void close() {
    workers.shutdown();
  }
}
