package dev.gatehouse.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A gateway with the services given, on free ports of the loopback interface. */
final class GatewayProcess implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Without an upgrade to HTTP/2 in every first request. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port = freePort();
  private final int managementPort = freePort();
  private final Path log;
  private final Process process;

  /** How a gateway is started. */
  interface Start {
    Process with(Map<String, String> environment, Path log) throws IOException;
  }

  private GatewayProcess(
      Path home, String services, Path state, Map<String, String> more, Start start)
      throws IOException {
    this.log = Files.createTempFile(home, "gateway", ".log");
    Map<String, String> environment = new HashMap<>();
    environment.put("AUTH_API_KEY", "an-api-key-of-a-test-0123456789-0123456789");
    environment.put("GATEHOUSE_TENANT_SERVICE_URL", services);
    environment.put("GATEHOUSE_KEY_SERVICE_URL", services);
    environment.put("GATEHOUSE_STATE_DIR", state.toString());
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.putAll(more);
    this.process = start.with(environment, log);
  }

  /** As it is packaged, with the directory as its own. */
  static GatewayProcess start(Path home, String services, Map<String, String> more)
      throws IOException {
    return start(home, services, home.resolve("state"), more, GatewayProcess::packaged);
  }

  static GatewayProcess start(
      Path home, String services, Path state, Map<String, String> more, Start start)
      throws IOException {
    return new GatewayProcess(home, services, state, more, start);
  }

  int port() {
    return port;
  }

  int managementPort() {
    return managementPort;
  }

  Process process() {
    return process;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  void awaitReady() {
    Awaitility.await().atMost(PATIENCE).until(() -> health("ready") == 200);
  }

  /** What it answers about itself; 0: nothing. */
  int health(String what) {
    return status(managementPort, "/health/" + what, "localhost");
  }

  int status(String host) {
    return status(port, "/api/v1/labels", host);
  }

  String metrics() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
    return CLIENT
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** As Kubernetes does after the preStop hook. */
  void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Awaitility.await().until(() -> !process.isAlive());
  }

  private static Process packaged(Map<String, String> environment, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + Checkout.file("gateway-service/jvm.options"),
                    "-Xmx256m",
                    "-Dgatehouse.apis.cortex.upstream=http://127.0.0.1:9",
                    "-Dgatehouse.apis.cortex.catalog=mimir",
                    "-jar",
                    Checkout.file("gateway-service/target/quarkus-app/quarkus-run.jar").toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int status(int port, String path, String host) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Host", host)
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notListening) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
