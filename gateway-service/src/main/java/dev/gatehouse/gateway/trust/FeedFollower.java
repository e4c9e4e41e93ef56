package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedClient;
import dev.gatehouse.common.feed.client.FeedClient.Goodbye;
import dev.gatehouse.gateway.trust.Time.Moment;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks one feed, again and again, from a thread of its own: reading a big answer and waiting for
 * the disk have no place on an event loop.
 */
final class FeedFollower {

  private static final Logger LOG = Logger.getLogger(FeedFollower.class);

  /** An answer without news that comes sooner did not wait, whatever was asked. */
  private static final Duration QUICK = Duration.ofMillis(500);

  private static final Duration STOP = Duration.ofSeconds(5);

  private final String feed;
  private final FeedReplica<?> replica;
  private final FeedClient client;
  private final WatcherIds ids;
  private final Time time;
  private final BackOff backOff;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable CompletableFuture<Answer> waiting;
  private boolean cutOff;
  private boolean readAhead;

  FeedFollower(
      String feed,
      FeedReplica<?> replica,
      FeedClient client,
      WatcherIds ids,
      Time time,
      BackOff backOff) {
    this.feed = feed;
    this.replica = replica;
    this.client = client;
    this.ids = ids;
    this.time = time;
    this.backOff = backOff;
    this.thread = new Thread(this::follow, "trust-feed-" + feed);
    thread.setDaemon(true);
  }

  /** Takes over what the disk has. Before {@link #start}. */
  void load() {
    replica.load();
  }

  void start() {
    thread.start();
  }

  /** Asks no more. Never by an interrupt, which would close the journal's file. */
  void stop() {
    stopped.countDown();
    CompletableFuture<Answer> pending = waiting;
    if (pending != null) {
      pending.cancel(false);
    }
    try {
      thread.join(STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * After {@link #stop}: gives up the copy on disk, says goodbye, and takes the former back if the
   * latter certainly did not arrive.
   */
  void release() {
    if (thread.isAlive()) {
      LOG.warnf("Feed %s: still busy, so no goodbye is said", feed);
      return;
    }
    try {
      replica.release();
    } catch (IOException e) {
      LOG.warnf("Feed %s: the copy on disk cannot be given up, so no goodbye is said: %s", feed, e);
      return;
    }
    try {
      if (sayGoodbye()) {
        replica.hold();
      }
    } catch (IOException e) {
      LOG.warnf("Feed %s: the copy on disk stays given up: %s", feed, e);
    }
  }

  void close() {
    if (!thread.isAlive()) {
      replica.close();
    }
    client.close();
  }

  private void follow() {
    while (stopped.getCount() > 0) {
      try {
        pause(step());
      } catch (CancellationException e) {
        LOG.debugf("Feed %s: stopped while waiting", feed);
      } catch (RuntimeException e) {
        LOG.errorf(e, "Feed %s: an error of ours", feed);
        pause(backOff.rarely());
      }
    }
  }

  /** Asks once, and returns how long to wait before the next time. */
  private Duration step() {
    Optional<String> predecessor = ids.predecessor();
    Ask next = replica.ask();
    Ask ask =
        predecessor.isPresent() ? new Ask(next.since(), next.acknowledges(), Duration.ZERO) : next;
    readAhead |= !ask.acknowledges();
    Moment askedAt = time.moment();
    Answer answer = await(client.ask(ask, predecessor), ask.hold().plus(FeedClient.GRACE));
    if (stopped.getCount() == 0) {
      return Duration.ZERO;
    }
    note(answer);
    if (answer instanceof Answer.Page && ask.acknowledges()) {
      predecessor.ifPresent(ids::told);
    }
    FeedReplica.Next then = replica.take(ask, answer, askedAt);
    boolean quick = askedAt.until(time.moment()).compareTo(QUICK) < 0;
    if (then == FeedReplica.Next.AT_ONCE && !(quick && isWithoutNews(answer))) {
      backOff.reset();
      return Duration.ZERO;
    }
    return then == FeedReplica.Next.RARELY ? backOff.rarely() : backOff.next();
  }

  private Answer await(Future<Answer> answer, Duration longest) {
    CompletableFuture<Answer> pending = answer.toCompletionStage().toCompletableFuture();
    waiting = pending;
    try {
      if (stopped.getCount() == 0) {
        throw new CancellationException();
      }
      return pending.get(longest.plus(FeedClient.GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Answer.Unreachable("no answer in " + longest);
    } catch (ExecutionException e) {
      return new Answer.Unreachable(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      stopped.countDown();
      throw new CancellationException();
    } finally {
      waiting = null;
    }
  }

  private void note(Answer answer) {
    String trouble = null;
    if (answer instanceof Answer.Unreachable unreachable) {
      trouble = unreachable.why();
    } else if (answer instanceof Answer.Refused refused) {
      trouble = refused.why();
    }
    if (trouble != null && !cutOff) {
      LOG.warnf("Feed %s is not available: %s. Serving what is known.", feed, trouble);
    } else if (trouble == null && cutOff) {
      LOG.infof("Feed %s is available again", feed);
      // A first answer without news must not wait as long as the last failure did.
      backOff.reset();
    }
    cutOff = trouble != null;
  }

  private static boolean isWithoutNews(Answer answer) {
    return answer instanceof Answer.Page page && page.page().changes().isEmpty();
  }

  private void pause(Duration length) {
    try {
      if (!length.isZero() && stopped.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debugf("Feed %s: stopped during a pause", feed);
      }
    } catch (InterruptedException e) {
      stopped.countDown();
    }
  }

  /**
   * Says it for each process that the service may still count, this one included.
   *
   * @return whether certainly none arrived
   */
  private boolean sayGoodbye() {
    if (readAhead) {
      sayGoodbye(client.reader());
    }
    List<String> all = new ArrayList<>();
    all.add(ids.own());
    all.addAll(ids.predecessors());
    return all.stream().map(this::sayGoodbye).toList().stream()
        .allMatch(Goodbye.NOT_ARRIVED::equals);
  }

  private Goodbye sayGoodbye(String watcher) {
    try {
      return client
          .goodbye(watcher)
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Goodbye.UNCERTAIN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Goodbye.UNCERTAIN;
    }
  }
}
