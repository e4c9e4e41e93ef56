package dev.gatehouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * One more gateway of a running instance, which reaches the services over wires of its own and, as
 * production does, takes over no other history by itself.
 */
final class FurtherGateway implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  private final Wire toTenantService;
  private final Wire toKeyService;
  private final int port = freePort();
  private final int managementPort = freePort();
  private final Path log;
  private final Process process;

  private FurtherGateway(RunningInstance instance, Path home, String name) throws IOException {
    this.toTenantService = Wire.to(instance.port(Ports.Use.TENANT_SERVICE));
    this.toKeyService = Wire.to(instance.port(Ports.Use.KEY_SERVICE));
    this.log = home.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dquarkus.config.locations=" + instance.state().resolve("gateway.properties"),
                "-jar",
                RunningInstance.CHECKOUT
                    .resolve("gateway-service/target/quarkus-app/quarkus-run.jar")
                    .toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(instance, home.resolve(name), name));
    this.process = builder.start();
  }

  /** Returns when it is ready. */
  static FurtherGateway up(RunningInstance instance, Path home, String name) {
    try {
      FurtherGateway gateway = new FurtherGateway(instance, home, name);
      Awaitility.await().atMost(START).until(gateway::isReady);
      return gateway;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String host, String path, String... headers) {
    return Http.get(port, host, path, headers);
  }

  HttpResponse<String> management(String path) {
    return Http.get(managementPort, "localhost", path);
  }

  int port() {
    return port;
  }

  void cutOff() {
    toTenantService.cut();
    toKeyService.cut();
  }

  /** Connects it again, to the services as they run now. */
  void mend(RunningInstance instance) {
    toTenantService.mend(instance.port(Ports.Use.TENANT_SERVICE));
    toKeyService.mend(instance.port(Ports.Use.KEY_SERVICE));
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
    Awaitility.await().atMost(START).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    toTenantService.close();
    toKeyService.close();
    Awaitility.await().until(() -> !process.isAlive());
  }

  boolean isReady() {
    try {
      return management("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  private Map<String, String> environment(RunningInstance instance, Path state, String name)
      throws IOException {
    Path apiKey = instance.state().resolve("secrets/auth-api-key");
    return Map.ofEntries(
        Map.entry("AUTH_API_KEY", Files.readString(apiKey).strip()),
        Map.entry("GATEHOUSE_INSTANCE", "local"),
        Map.entry("GATEHOUSE_GATEWAY_NAME", name),
        Map.entry("GATEHOUSE_TENANT_SERVICE_URL", toTenantService.url()),
        Map.entry("GATEHOUSE_KEY_SERVICE_URL", toKeyService.url()),
        Map.entry("GATEHOUSE_DOMAIN", "localhost"),
        Map.entry("GATEHOUSE_HOST_TEMPLATE", "{api}.{tenant}.{domain}"),
        // So that a balancer has noticed before connections are closed that nothing is asked on.
        Map.entry("GATEHOUSE_DRAIN_DELAY", "1s"),
        Map.entry("GATEHOUSE_CONTROL_HOSTS", "console.localhost,localhost"),
        Map.entry("GATEHOUSE_STATE_DIR", state.toString()),
        Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
        Map.entry("QUARKUS_HTTP_PORT", String.valueOf(port)),
        Map.entry("QUARKUS_MANAGEMENT_HOST", "127.0.0.1"),
        Map.entry("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort)));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
