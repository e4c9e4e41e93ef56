package dev.gatehouse.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * As much of a container as a shell can make: a mount namespace with a read-only root, in which the
 * layout is at its place and only {@code /tmp} and one directory can be written, by a user who is
 * nobody else and can become nobody else. It takes root to make one.
 */
final class Container {
  static final String PLACE = "/opt/gatehouse";
  static final String STATE = "/opt/state";
  static final int USER = 10001;

  private static final String REQUIRED = "GATEHOUSE_REQUIRE_TOOLS";

  /** Arguments: the layout, and its config directory or nothing. */
  private static final String PREPARE =
      """
      set -e
      mount --make-rprivate /
      layout=$1 config=$2; shift 2
      mount -t tmpfs -o mode=755 tmpfs /opt
      mkdir /opt/gatehouse /opt/state
      mount --bind "$layout" /opt/gatehouse
      if [ -n "$config" ]; then mount --bind "$config" /opt/gatehouse/config; fi
      """;

  private static final String LOCK =
      """
      mount -o remount,bind,ro /opt/gatehouse
      mount -t tmpfs -o mode=700,uid=10001,gid=10001 tmpfs /opt/state
      mount -t tmpfs -o mode=1777 tmpfs /tmp
      mount -o remount,ro /opt
      mount -o remount,bind,ro /
      exec setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs \\
        --bounding-set=-all --inh-caps=-all -- "$@"
      """;

  private Container() {}

  /** Skips the test where no container can be made, and fails it where root should be able to. */
  static void need() {
    Optional<String> trouble = trouble();
    if (trouble.isEmpty()) {
      return;
    }
    if (System.getenv(REQUIRED) != null && isRoot()) {
      Assertions.fail(trouble.get() + " " + REQUIRED + " asks for it.");
    }
    Assumptions.abort(trouble.get());
  }

  /** Runs a program as root where the layout can be written, as the Dockerfile does. */
  static Checkout.Run build(Path layout, String... program) {
    return Checkout.run(
        Map.of("JAVA_HOME", System.getProperty("java.home")),
        command(PREPARE + "exec \"$@\"\n", layout, "", List.of(program)));
  }

  /** Starts a program of the image; {@code environment} is all that it sees. */
  static Process start(
      Path layout, Path config, Map<String, String> environment, Path log, String... program)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(PREPARE + LOCK, layout, config.toString(), List.of(program)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static List<String> command(
      String script, Path layout, String config, List<String> program) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--mount", "sh", "-c", script, "container"));
    command.addAll(List.of(layout.toString(), config));
    command.addAll(program);
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Optional<String> trouble() {
    if (!isRoot()) {
      return Optional.of("Only root can make a container here.");
    }
    if (System.getProperty("java.home").startsWith("/opt/")) {
      return Optional.of("The JVM is where the container has its files.");
    }
    for (String program : List.of("unshare", "mount", "setpriv")) {
      if (List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
          .noneMatch(directory -> Files.isExecutable(Path.of(directory, program)))) {
        return Optional.of("Not installed here: " + program + ".");
      }
    }
    Checkout.Run probe =
        Checkout.run(
            Map.of(), List.of("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/opt"));
    return probe.exit() == 0
        ? Optional.empty()
        : Optional.of("Mounts are forbidden here: " + probe.said().strip());
  }
}
