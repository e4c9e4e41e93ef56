package dev.gatehouse.gateway.listener;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The way out: not ready, every answer the last of its connection, WebSockets told to come back,
 * and then as long as requests are under way, but no longer than that was configured.
 */
final class Drain {

  private static final Logger LOG = Logger.getLogger(Drain.class);

  /** RFC 6455 §7.4.1 and the IANA registry: the service restarts, connect again. */
  static final int SERVICE_RESTART = 1012;

  /**
   * For how long connections are kept open on which nothing is asked, so that a request that is on
   * its way meets an answer.
   */
  private static final long QUIET = TimeUnit.SECONDS.toNanos(2);

  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(20);

  private final List<Connections> connections;
  private final Traffic traffic;
  private final Tunnels tunnels;

  Drain(List<Connections> connections, Traffic traffic, Tunnels tunnels) {
    this.connections = connections;
    this.traffic = traffic;
    this.tunnels = tunnels;
  }

  /** Returns when nothing is under way, or the time is over. */
  void run(Duration delay, Duration timeout) {
    connections.forEach(Connections::retireAll);
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < delay.toNanos()) {
      LockSupport.parkNanos(STEP);
    }
    LOG.infof(
        "Stopping: %d requests are under way on %d connections",
        traffic.requests(), traffic.connections());
    Future<Void> tunnelsClosed = tunnels.close(SERVICE_RESTART);
    long waiting = System.nanoTime();
    long quietSince = waiting;
    while (System.nanoTime() - waiting < timeout.toNanos()) {
      if (traffic.connections() == 0) {
        break;
      }
      if (traffic.requests() > 0 || !tunnelsClosed.isComplete()) {
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > QUIET) {
        break;
      }
      LockSupport.parkNanos(STEP);
    }
    int cut = traffic.requests();
    if (cut > 0) {
      LOG.warnf("%d requests took longer than gatehouse.drain.timeout and are cut", cut);
    }
  }
}
