package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process of the instance. */
record Child(Part part, Process process, Path log, Reaper.Request request) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  void ask() {
    if (request == Reaper.Request.TERM) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("bash", "-c", "kill -s " + request + " " + process.pid()).start();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Waits for the end of a process that was asked to end, and in the end makes it. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
