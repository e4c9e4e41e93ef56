package dev.gatehouse.common.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/** Work in a thread of its own that is tried again, after growing pauses, until it succeeds. */
final class Attempts {

  private static final Logger LOG = Logger.getLogger(Attempts.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private final String failure;
  private final Duration longestPause;
  private final Work work;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile String trouble = "It does not answer";
  private volatile boolean succeeded;
  private volatile boolean stopped;

  private Attempts(String failure, Duration longestPause, Work work) {
    this.failure = failure;
    this.longestPause = longestPause;
    this.work = work;
  }

  interface Work {
    void run() throws Throwable;
  }

  /**
   * @param failure what the log says each time that the work fails
   */
  static Attempts start(String failure, Duration longestPause, Work work) {
    Attempts attempts = new Attempts(failure, longestPause, work);
    Thread thread = new Thread(attempts::keepTrying, "migrations");
    thread.setDaemon(true);
    thread.start();
    return attempts;
  }

  /** Begins no further attempt, and says nothing of one that is under way. */
  void stop() {
    stopped = true;
    over.countDown();
  }

  /** Waits until it is done, or stopped, or that time is over; whether it is done. */
  boolean await(Duration patience) throws InterruptedException {
    return over.await(patience.toMillis(), TimeUnit.MILLISECONDS) && succeeded;
  }

  /** Why the last attempt failed, in one line. */
  String trouble() {
    return trouble;
  }

  private void keepTrying() {
    Duration pause = FIRST_PAUSE;
    while (!stopped && !succeeds(pause)) {
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = shorter(pause.multipliedBy(2), longestPause);
    }
  }

  private boolean succeeds(Duration pause) {
    try {
      work.run();
      succeeded = true;
      over.countDown();
      return true;
    } catch (Throwable e) { // Whatever it is, the next attempt may do better.
      trouble = rootMessage(e);
      if (!stopped) {
        LOG.warnf("%s, trying again in %d ms: %s", failure, pause.toMillis(), trouble);
      }
      return false;
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof SSLException) {
        // What lies below speaks of a signature, and not of a certificate.
        return "TLS: " + next.getMessage();
      }
      root = next;
    }
    // Flyway's first line only says that something is wrong, the second one what.
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.lines().limit(2).collect(Collectors.joining(": "));
  }
}
