package dev.gatehouse.helm.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The tool of Prometheus, which is no part of this project. */
final class Promtool {

  private static final String REQUIRED = "GATEHOUSE_REQUIRE_TOOLS";

  private Promtool() {}

  /** How it ended, and all that it said. */
  record Result(int exit, String said) {}

  /** Skips the test where it is missing, or fails it where it must not be. */
  static void need() {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    if (!there && System.getenv(REQUIRED) != null) {
      Assertions.fail("Not installed here: promtool. " + REQUIRED + " asks for it.");
    }
    Assumptions.assumeTrue(there, "Not installed here: promtool.");
  }

  static Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), said);
  }
}
