package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One of the three services as it is shipped, in a process of its own, on free ports. */
final class FurtherService implements Balancer.Server, AutoCloseable {

  /**
   * Not for the environment: the most that a file may grow to, in KiB, as if the disk were full.
   */
  static final String LARGEST_FILE = "largest file";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** For a short life: what the quick compiler makes of it will do. */
  private static final List<String> QUICK =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-Xmx256m");

  private final String name;
  private final int port = freePort();
  private final int managementPort = freePort();
  private final Path log;
  private final Process process;

  private FurtherService(String module, Path home, String name, Map<String, String> settings)
      throws IOException {
    this.name = name;
    this.log = home.resolve(name + ".log");
    List<String> command = new ArrayList<>(within(settings.get(LARGEST_FILE)));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK);
    settings.forEach(
        (key, value) -> {
          if (key.contains(".")) {
            command.add("-D" + key + "=" + value);
          }
        });
    command.add("-jar");
    command.add(
        RunningInstance.CHECKOUT
            .resolve(module)
            .resolve("target/quarkus-app/quarkus-run.jar")
            .toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    settings.forEach(
        (key, value) -> {
          if (!key.contains(".") && !key.equals(LARGEST_FILE)) {
            environment.put(key, value);
          }
        });
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
    environment.put("LOG", log.toString());
    this.process = builder.redirectOutput(log.toFile()).start();
  }

  /** Its log is written by another process, which the limit does not hold for. */
  private static List<String> within(@Nullable String largestFile) {
    return largestFile == null
        ? List.of()
        : List.of(
            "bash",
            "-c",
            "exec > >(exec cat >\"$LOG\") 2>&1; ulimit -S -f \"$0\"; exec \"$@\"",
            largestFile);
  }

  /**
   * Returns at once.
   *
   * @param name of its log, which is begun anew
   * @param settings all that it is told, apart from its addresses: keys of the configuration, which
   *     have dots, and variables of the environment, where secrets belong
   */
  static FurtherService start(String module, Path home, String name, Map<String, String> settings) {
    try {
      return new FurtherService(module, home, name, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FurtherService awaitReady() {
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as("%s: %s", name, log()).isTrue())
        .until(this::isReady);
    return this;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean isReady() {
    try {
      return management("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  HttpResponse<String> management(String path) {
    return Http.get(managementPort, "localhost", path);
  }

  long pid() {
    return process.pid();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it in good order, as Kubernetes does, and returns when it has ended. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** How it ended by itself. */
  int exitCode() {
    awaitEnd();
    return process.exitValue();
  }

  /** Ends it as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  static int freePort() {
    try (ServerSocket socket = Ports.hold()) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
