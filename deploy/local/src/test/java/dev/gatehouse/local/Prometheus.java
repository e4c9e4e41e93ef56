package dev.gatehouse.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real Prometheus server on the loopback interface. */
final class Prometheus implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path log;

  private Prometheus(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts a server whose files are all in that directory, and waits until it answers. */
  static Prometheus start(Path directory, int port, String configuration, String... flags)
      throws IOException {
    Files.createDirectories(directory);
    Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
    Path log = directory.resolve("prometheus.log");
    List<String> command = new ArrayList<>();
    command.add("prometheus");
    command.add("--config.file=" + file);
    command.add("--storage.tsdb.path=" + directory.resolve("data"));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Prometheus prometheus = new Prometheus(process, port, log);
    await().atMost(Duration.ofSeconds(30)).until(prometheus::isReady);
    return prometheus;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The sum over all series of that name among its own metrics. */
  double metric(String name) {
    return Http.get(port, "localhost", "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("Prometheus ended; see " + log);
    }
    return !Listeners.isTaken(port)
        ? false
        : Http.get(port, "localhost", "/-/ready").statusCode() == 200;
  }
}
