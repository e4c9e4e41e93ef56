package dev.gatehouse.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs that are not part of this project. */
final class Tools {
  private static final String REQUIRED = "GATEHOUSE_REQUIRE_TOOLS";

  private Tools() {}

  /** Skips the test where a program is missing, or fails it where none may be. */
  static void need(String... programs) {
    List<String> missing = Stream.of(programs).filter(program -> !isThere(program)).toList();
    if (missing.isEmpty()) {
      return;
    }
    String sentence = "Not installed here: " + String.join(", ", missing) + ".";
    if (System.getenv(REQUIRED) != null) {
      Assertions.fail(sentence + " " + REQUIRED + " asks for all of them.");
    }
    Assumptions.abort(sentence);
  }

  /**
   * The command, so that SIGINT reaches it: who starts a build in the background lets all its
   * children ignore that signal, and bash cannot trap it then.
   */
  static List<String> interruptible(String... command) {
    boolean linux = System.getProperty("os.name").equals("Linux");
    Stream<String> before = linux ? Stream.of("env", "--default-signal=INT") : Stream.of();
    return Stream.concat(before, Stream.of(command)).toList();
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
