package dev.gatehouse.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Something that runs until it is stopped. */
interface Stoppable extends AutoCloseable {

  long PATIENCE_SECONDS = 15;

  @Override
  void close() throws IOException;

  /** Asks a process to end, and ends it and its children when it does not. */
  static void end(Process process) {
    process.destroy();
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
