package dev.gatehouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One more gateway of an installation, which reaches the services over wires of its own and, as
 * production does, takes over no other history by itself. Its state is below {@code home} under its
 * name, so that a later one of the same name finds it.
 */
final class FurtherGateway implements Balancer.Server, AutoCloseable {
  private final Wire toTenantService;
  private final Wire toKeyService;
  private final Path config;
  private final String name;
  private final GoneGateways gone;
  private final FurtherService process;

  private FurtherGateway(
      Installation installation, Path home, String name, boolean alone, Map<String, String> more)
      throws IOException {
    this.toTenantService = Wire.to(installation.port(Ports.Use.TENANT_SERVICE));
    this.toKeyService = Wire.to(installation.port(Ports.Use.KEY_SERVICE));
    this.config = home.resolve(name + ".yaml");
    this.name = name;
    this.gone = new GoneGateways(installation);
    if (alone) {
      cutOff();
    }
    Map<String, String> environment = environment(installation, home.resolve(name), name);
    environment.putAll(more);
    this.process = FurtherService.start("gateway-service", home, name, environment);
  }

  /** Returns when it is ready. */
  static FurtherGateway up(Installation installation, Path home, String name) {
    return up(installation, home, name, Map.of());
  }

  /**
   * Returns when it is ready.
   *
   * @param more keys of the configuration, or variables of the environment
   */
  static FurtherGateway up(
      Installation installation, Path home, String name, Map<String, String> more) {
    return start(installation, home, name, false, more).awaitReady();
  }

  /** Returns at once. It reaches no service until it is mended. */
  static FurtherGateway alone(
      Installation installation, Path home, String name, Map<String, String> more) {
    return start(installation, home, name, true, more);
  }

  /** Returns at once. */
  static FurtherGateway start(
      Installation installation, Path home, String name, Map<String, String> more) {
    return start(installation, home, name, false, more);
  }

  FurtherGateway awaitReady() {
    process.awaitReady();
    return this;
  }

  HttpResponse<String> get(String host, String path, String... headers) {
    return Http.get(port(), host, path, headers);
  }

  HttpResponse<String> management(String path) {
    return process.management(path);
  }

  /** The sum over all series of that name that have these labels, written as they stand there. */
  double metric(String name, String... labels) {
    return Metrics.sum(management("/metrics").body(), name, labels);
  }

  @Override
  public int port() {
    return process.port();
  }

  @Override
  public boolean isReady() {
    return process.isReady();
  }

  void cutOff() {
    toTenantService.cut();
    toKeyService.cut();
  }

  /** Connects it again, to the services as they run now. */
  void mend(Installation installation) {
    toTenantService.mend(installation.port(Ports.Use.TENANT_SERVICE));
    toKeyService.mend(installation.port(Ports.Use.KEY_SERVICE));
  }

  /** The command, asking this gateway. */
  Run gatehouse(Installation installation, Path directory, String... arguments) {
    try {
      Commands.configure(config, installation, port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Commands.gatehouse(directory, config, arguments);
  }

  long pid() {
    return process.pid();
  }

  String log() {
    return process.log();
  }

  /** Ends it in good order, as Kubernetes does, and returns when it has ended. */
  void stop() {
    process.stop();
  }

  /** How it ended by itself. */
  int exitCode() {
    return process.exitCode();
  }

  /** Ends it as {@code kill -9} does; it may come back. */
  void kill() {
    process.close();
    toTenantService.close();
    toKeyService.close();
  }

  /** Ends it for good. */
  @Override
  public void close() {
    kill();
    gone.remove(name);
  }

  private static FurtherGateway start(
      Installation installation, Path home, String name, boolean alone, Map<String, String> more) {
    try {
      return new FurtherGateway(installation, home, name, alone, more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment(Installation installation, Path state, String name)
      throws IOException {
    Path apiKey = installation.state().resolve("secrets/auth-api-key");
    return new HashMap<>(
        Map.ofEntries(
            Map.entry("AUTH_API_KEY", Files.readString(apiKey).strip()),
            Map.entry("GATEHOUSE_INSTANCE", "local"),
            Map.entry("GATEHOUSE_GATEWAY_NAME", name),
            Map.entry("GATEHOUSE_TENANT_SERVICE_URL", toTenantService.url()),
            Map.entry("GATEHOUSE_KEY_SERVICE_URL", toKeyService.url()),
            Map.entry("GATEHOUSE_DOMAIN", "localhost"),
            Map.entry("GATEHOUSE_HOST_TEMPLATE", "{api}.{tenant}.{domain}"),
            // So that a balancer has noticed before connections are closed that nobody asks on.
            Map.entry("GATEHOUSE_DRAIN_DELAY", "1s"),
            Map.entry("GATEHOUSE_CONTROL_HOSTS", "console.localhost,localhost"),
            Map.entry("GATEHOUSE_STATE_DIR", state.toString()),
            // As a system property it would count as much as those that are to differ from it.
            Map.entry(
                "QUARKUS_CONFIG_LOCATIONS",
                installation.state().resolve("gateway.properties").toString())));
  }
}
