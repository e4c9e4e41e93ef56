package dev.gatehouse.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One more gateway of a running instance, with all of which only some have: TLS of its own, an
 * access log, an api that only reports, and one whose backend is down. So it shows every metric
 * that there is.
 */
final class WatchedGateway implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  private final int port = Prometheus.freePort();
  private final int managementPort = Prometheus.freePort();
  private final Process process;

  private WatchedGateway(RunningInstance instance, Path home)
      throws IOException, InterruptedException, GeneralSecurityException {
    Files.createDirectories(home);
    Path configuration =
        Files.write(home.resolve("watched.properties"), configuration(instance, home));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dquarkus.config.locations=" + configuration,
                "-jar",
                RunningInstance.CHECKOUT
                    .resolve("gateway-service/target/quarkus-app/quarkus-run.jar")
                    .toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("watched.log").toFile());
    Path apiKey = instance.state().resolve("secrets/auth-api-key");
    builder.environment().clear();
    builder.environment().putAll(Map.of("AUTH_API_KEY", Files.readString(apiKey).strip()));
    this.process = builder.start();
  }

  /** Returns when it is ready. */
  static WatchedGateway up(RunningInstance instance, Path home) {
    try {
      WatchedGateway gateway = new WatchedGateway(instance, home);
      await().atMost(START).until(gateway::isReady);
      return gateway;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return port;
  }

  int managementPort() {
    return managementPort;
  }

  HttpResponse<String> get(String host, String token) {
    return Http.get(port, host, "/api/v1/labels", "Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("The gateway ended");
    }
    return Listeners.isTaken(managementPort)
        && Http.get(managementPort, "localhost", "/health/ready").statusCode() == 200;
  }

  private List<String> configuration(RunningInstance instance, Path home)
      throws IOException, InterruptedException, GeneralSecurityException {
    Certificate certificate = Certificate.in(home);
    List<String> lines =
        new ArrayList<>(Files.readAllLines(instance.state().resolve("gateway.properties")));
    lines.addAll(
        List.of(
            "gatehouse.apis.demo.mode=report",
            "gatehouse.apis.dead.upstream=http://127.0.0.1:" + Prometheus.freePort(),
            "gatehouse.apis.dead.catalog=any",
            "gatehouse.access-log.enabled=true",
            "gatehouse.access-log.file=" + home.resolve("access.log"),
            "gatehouse.tls.certificate=" + certificate.certificate(),
            "gatehouse.tls.key=" + certificate.key(),
            "gatehouse.tls.port=" + Prometheus.freePort(),
            "gatehouse.instance=local",
            "gatehouse.gateway-name=watched",
            "gatehouse.tenant-service.url=http://127.0.0.1:"
                + instance.port(Ports.Use.TENANT_SERVICE),
            "gatehouse.key-service.url=http://127.0.0.1:" + instance.port(Ports.Use.KEY_SERVICE),
            "gatehouse.domain=localhost",
            "gatehouse.host-template={api}.{tenant}.{domain}",
            "gatehouse.control-hosts=console.localhost",
            "gatehouse.state-dir=" + home.resolve("state"),
            "quarkus.http.host=127.0.0.1",
            "quarkus.http.port=" + port,
            "quarkus.management.host=127.0.0.1",
            "quarkus.management.port=" + managementPort));
    return lines;
  }
}
