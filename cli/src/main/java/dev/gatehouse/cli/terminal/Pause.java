package dev.gatehouse.cli.terminal;

import java.time.Duration;

/** Doing nothing for a while. */
public interface Pause {

  void last(Duration time);

  static void ofThread(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted.", e);
    }
  }
}
