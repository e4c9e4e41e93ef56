package dev.gatehouse.gateway.trust;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the key-service now and then which keys' tokens were accepted since it last heard, so that
 * a key that nobody uses can be found. A report that is lost goes with the next.
 */
final class UsageReporter implements AutoCloseable {

  /** The most keys in one report. */
  static final int MAX_KEYS = 10_000;

  private static final Logger LOG = Logger.getLogger(UsageReporter.class);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Supplier<Anchors> anchors;
  private final Sender sender;
  private final Duration every;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Sends one report; fails unless the service has taken it. */
  interface Sender {
    Future<?> send(JsonObject report);
  }

  UsageReporter(Supplier<Anchors> anchors, Sender sender, Duration every) {
    this.anchors = anchors;
    this.sender = sender;
    this.every = every;
  }

  void start() {
    Thread thread = new Thread(this::reportNowAndThen, "trust-usage");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    stopped.countDown();
  }

  /** Sends what is new; stops at the first report that does not arrive. */
  void report() throws InterruptedException, ExecutionException, TimeoutException {
    List<Use> uses = new ArrayList<>();
    anchors.get().forEach(anchor -> addUse(uses, anchor));
    for (int from = 0; from < uses.size(); from += MAX_KEYS) {
      send(uses.subList(from, Math.min(uses.size(), from + MAX_KEYS)));
    }
  }

  private void send(List<Use> uses)
      throws InterruptedException, ExecutionException, TimeoutException {
    JsonArray keys = new JsonArray();
    uses.forEach(use -> keys.add(use.json()));
    sender
        .send(new JsonObject().put("keys", keys))
        .toCompletionStage()
        .toCompletableFuture()
        .get(ANSWER.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    uses.forEach(Use::reported);
  }

  private void reportNowAndThen() {
    try {
      while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        reportQuietly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reportQuietly() throws InterruptedException {
    try {
      report();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.debugf("The use of keys could not be reported, and goes with the next report: %s", e);
    }
  }

  private static void addUse(List<Use> uses, Anchor anchor) {
    @Nullable Long last = anchor.lastUse().unreported();
    if (last != null) {
      uses.add(new Use(anchor, last));
    }
  }

  private record Use(Anchor anchor, long second) {
    JsonObject json() {
      return new JsonObject().put("id", anchor.id().toString()).put("lastUsedAt", second);
    }

    void reported() {
      anchor.lastUse().reported(second);
    }
  }
}
