package dev.gatehouse.gateway.limit;

import dev.gatehouse.gateway.trust.DemandReports;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Shares the limits with the other gateways: once a second it reports what was asked for here, and
 * goes by the shares that it is told. No request waits for that, and while nobody answers the last
 * shares stand.
 */
final class Sharing implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Sharing.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Also without demand it asks so often, in rounds, how many gateways there are. */
  private static final int COUNT_EVERY = 10;

  private final Demand demand;
  private final DemandReports reports;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long lookedAt = System.nanoTime();
  private int rounds;

  Sharing(Demand demand, DemandReports reports) {
    this.demand = demand;
    this.reports = reports;
  }

  void start() {
    Thread thread = new Thread(this::shareOnAndOn, "limit-sharing");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    stopped.countDown();
  }

  /** Reports, and takes over what the answer says. */
  void share() throws InterruptedException, ExecutionException, TimeoutException {
    long now = System.nanoTime();
    JsonObject report = demand.report(Math.max(now - lookedAt, 1) / 1e9);
    lookedAt = now;
    if (report.getJsonArray("tenants").isEmpty() && rounds++ % COUNT_EVERY != 0) {
      return;
    }
    demand.take(
        reports
            .send(report)
            .toCompletionStage()
            .toCompletableFuture()
            .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void shareOnAndOn() {
    try {
      do {
        shareQuietly();
      } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shareQuietly() throws InterruptedException {
    try {
      share();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.debugf("The limits are not shared anew, and the last shares stand: %s", e);
    }
  }
}
