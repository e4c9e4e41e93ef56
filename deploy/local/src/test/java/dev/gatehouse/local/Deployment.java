package dev.gatehouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An installation whose services a test starts, stops and tells what it likes, as a person with
 * {@code kubectl} does: each of the three is reached through a balancer and may have several
 * replicas. PostgreSQL, the identity provider and the demo backend are lent by a running instance;
 * the databases are its own.
 */
final class Deployment implements Installation, AutoCloseable {
  private final Path home;
  private final State state;
  private final Secrets secrets;
  private final Services services;
  private final Databases databases;
  private final Balancer tenantServices = new Balancer();
  private final Balancer keyServices = new Balancer();
  private final Balancer gateways = new Balancer();
  private final Ports ports;
  private final List<Runnable> ends = new ArrayList<>();

  private Deployment(RunningInstance lender, Path home) throws IOException {
    this.home = home;
    this.state = State.open(home.resolve("deployment"));
    this.databases = new Databases(lender);
    Map<Ports.Use, Integer> numbers = new EnumMap<>(Ports.Use.class);
    for (Ports.Use use : Ports.Use.values()) {
      numbers.put(use, lender.port(use));
    }
    numbers.put(Ports.Use.TENANT_SERVICE, tenantServices.port());
    numbers.put(Ports.Use.KEY_SERVICE, keyServices.port());
    numbers.put(Ports.Use.GATEWAY, gateways.port());
    this.ports = new Ports(numbers);
    this.secrets = new Secrets(state);
    this.services = new Services(options(), ports, state, secrets);
    state.writePrivately("gateway.properties", Written.gatewayProperties(List.of(), ports));
    Commands.configure(state.file("cli.yaml"), this, gateways.port());
    for (ServiceDatabase database : ServiceDatabase.values()) {
      databases.create(database);
    }
  }

  /** With databases that are empty, and nothing that runs. */
  static Deployment of(RunningInstance lender, Path home) {
    try {
      return new Deployment(lender, home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one that all parts share. */
  String apiKey() throws IOException {
    return secrets.value("auth-api-key");
  }

  Databases databases() {
    return databases;
  }

  /** Returns at once. */
  FurtherService tenantService(String name, Map<String, String> more) {
    return started(
        tenantServices, "tenant-service", name, ServiceDatabase.TENANTS, tenantService(), more);
  }

  /** Returns at once. As in production, it takes over no other history of tenants by itself. */
  FurtherService keyService(String name, Map<String, String> more) {
    return started(keyServices, "key-service", name, ServiceDatabase.KEYS, keyService(), more);
  }

  /** Returns at once. */
  FurtherGateway gateway(String name, Map<String, String> more) {
    FurtherGateway gateway = FurtherGateway.start(this, home, name, more);
    ends.add(gateway::kill);
    gateways.add(gateway);
    return gateway;
  }

  /** Ends one in good order, as the deletion of a pod does: first nobody new is sent there. */
  void retire(FurtherService service) {
    tenantServices.remove(service);
    keyServices.remove(service);
    service.stop();
  }

  /** As when a node is lost: it is noticed a moment later that nobody is there. */
  void crash(FurtherService service) {
    service.close();
  }

  void retire(FurtherGateway gateway) {
    gateways.remove(gateway);
    gateway.stop();
  }

  @Override
  public int port(Ports.Use use) {
    return ports.of(use);
  }

  @Override
  public Path state() {
    return state.file("");
  }

  @Override
  public Run gatehouse(Path directory, String... arguments) {
    return Commands.gatehouse(directory, state.file("cli.yaml"), arguments);
  }

  @Override
  public void close() {
    ends.forEach(Runnable::run);
    tenantServices.close();
    keyServices.close();
    gateways.close();
    for (ServiceDatabase database : ServiceDatabase.values()) {
      databases.drop(database);
    }
  }

  private FurtherService started(
      Balancer balancer,
      String module,
      String name,
      ServiceDatabase database,
      Map<String, String> usual,
      Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(usual);
    environment.putAll(databases.environment(database));
    environment.remove("QUARKUS_SHUTDOWN_DELAY");
    environment.putAll(more);
    FurtherService service = FurtherService.start(module, home, name, environment);
    ends.add(service::close);
    balancer.add(service);
    return service;
  }

  private Map<String, String> tenantService() {
    try {
      return services.tenantService().environment();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> keyService() {
    try {
      Map<String, String> environment = new HashMap<>(services.keyService().environment());
      environment.put("GATEHOUSE_FEEDS_ACCEPT_OTHER_HISTORY", "false");
      return environment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Options options() {
    return Options.parse(
        List.of("--checkout", RunningInstance.CHECKOUT.toString(), "--state", home.toString()));
  }
}
