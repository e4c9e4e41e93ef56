package dev.gatehouse.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a service whether it is ready, at its management port. */
final class Readiness {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int INTERVAL_MILLIS = 50;
  private static final int TIMEOUT_MILLIS = 2_000;

  private Readiness() {}

  /** Returns false when the process ends before it is ready: whoever watches it says so. */
  static boolean await(Child child, int managementPort) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady(managementPort)) {
      if (!child.process().isAlive()) {
        return false;
      }
      if (System.nanoTime() > deadline) {
        throw Failure.because(
            "The "
                + child.part().label()
                + " is not ready after "
                + PATIENCE.toSeconds()
                + " s; its log is "
                + child.log()
                + ".");
      }
      Thread.sleep(INTERVAL_MILLIS);
    }
    return true;
  }

  static boolean isReady(int managementPort) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + managementPort + "/health/ready")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
