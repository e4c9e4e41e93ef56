package dev.gatehouse.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The files of the project, and what its programs say. */
final class Checkout {
  private static final Path ROOT =
      Path.of(System.getProperty("gatehouse.checkout", "../..")).toAbsolutePath().normalize();

  private static final long PATIENCE_SECONDS = 180;

  private Checkout() {}

  /**
   * How a program ended.
   *
   * @param said what it wrote, errors included
   */
  record Run(int exit, String said) {}

  static Path file(String path) {
    return ROOT.resolve(path);
  }

  static List<String> lines(String path) {
    try {
      return Files.readAllLines(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end, without input. */
  static Run run(Map<String, String> environment, List<String> command) {
    try {
      Path log = Files.createTempFile("run", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " still runs: " + Files.readString(log));
      }
      Run run = new Run(process.exitValue(), Files.readString(log));
      Files.delete(log);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
