package dev.gatehouse.local;

import static dev.gatehouse.local.Ports.Use.DATABASE;
import static dev.gatehouse.local.Ports.Use.GATEWAY;
import static dev.gatehouse.local.Ports.Use.GATEWAY_MANAGEMENT;
import static dev.gatehouse.local.Ports.Use.IDENTITY_PROVIDER;
import static dev.gatehouse.local.Ports.Use.KEY_SERVICE;
import static dev.gatehouse.local.Ports.Use.KEY_SERVICE_MANAGEMENT;
import static dev.gatehouse.local.Ports.Use.TENANT_SERVICE;
import static dev.gatehouse.local.Ports.Use.TENANT_SERVICE_MANAGEMENT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the three services are configured on one machine. Secrets go by environment only. */
final class Services {
  private static final String LOOPBACK = "127.0.0.1";

  private final Options options;
  private final Ports ports;
  private final State state;
  private final Secrets secrets;
  private final JvmFlags jvm;

  Services(Options options, Ports ports, State state, Secrets secrets) {
    this.options = options;
    this.ports = ports;
    this.state = state;
    this.secrets = secrets;
    this.jvm = new JvmFlags(options.checkout(), state.file(""));
  }

  Service tenantService() throws IOException {
    Map<String, String> environment = common(TENANT_SERVICE, TENANT_SERVICE_MANAGEMENT);
    environment.putAll(database(ServiceDatabase.TENANTS));
    return new Service(
        Part.TENANT_SERVICE,
        program("tenant-service"),
        quickToStart("tenant-service"),
        environment,
        ports.of(TENANT_SERVICE_MANAGEMENT));
  }

  Service keyService() throws IOException {
    Map<String, String> environment = common(KEY_SERVICE, KEY_SERVICE_MANAGEMENT);
    environment.putAll(database(ServiceDatabase.KEYS));
    environment.put("AUTH_JWT_ISSUER_URL", IdentityProvider.issuer(ports.of(IDENTITY_PROVIDER)));
    environment.put("AUTH_JWT_AUDIENCE", "gatehouse-" + options.instance());
    environment.put("AUTH_JWT_ORCHESTRATE_CLAIMS", LocalClients.CLAIMS_NAMESPACE);
    environment.put(
        "GATEHOUSE_OIDC_DEFAULT_SCOPES",
        "*:read,*:write,*:rules,*:alerts,*:alertconfig,tenants:read,tenants:write,"
            + "keys:read,keys:write,keys:all,issuers:read,issuers:write,audit:read");
    environment.put("GATEHOUSE_KEYS_WILDCARD_OWNER", "true");
    environment.put("GATEHOUSE_OIDC_ACCEPT_PUBLISHED_KEYS", "true");
    environment.put("GATEHOUSE_TENANT_SERVICE_URL", ports.url(TENANT_SERVICE));
    environment.put("GATEHOUSE_FEEDS_ACCEPT_OTHER_HISTORY", "true");
    return new Service(
        Part.KEY_SERVICE,
        program("key-service"),
        quickToStart("key-service"),
        environment,
        ports.of(KEY_SERVICE_MANAGEMENT));
  }

  /** Not held to the quick compiler alone: its speed is what somebody may want to try. */
  Service gateway() throws IOException {
    Map<String, String> environment = common(GATEWAY, GATEWAY_MANAGEMENT);
    environment.put("GATEHOUSE_TENANT_SERVICE_URL", ports.url(TENANT_SERVICE));
    environment.put("GATEHOUSE_KEY_SERVICE_URL", ports.url(KEY_SERVICE));
    environment.put("GATEHOUSE_DOMAIN", "localhost");
    environment.put("GATEHOUSE_HOST_TEMPLATE", "{api}.{tenant}.{domain}");
    environment.put("GATEHOUSE_CONTROL_HOSTS", "console.localhost,localhost");
    environment.put("GATEHOUSE_STATE_DIR", state.directory("gateway").toString());
    environment.put("GATEHOUSE_FEEDS_ACCEPT_OTHER_HISTORY", "true");
    environment.put("MULTI_TENANCY_ENABLED", "true");
    return new Service(
        Part.GATEWAY,
        program("gateway-service"),
        jvm.of(
            "gateway-service",
            "-Xmx256m",
            "-Dquarkus.config.locations=" + state.file("gateway.properties")),
        environment,
        ports.of(GATEWAY_MANAGEMENT));
  }

  private Path program(String module) {
    return options.checkout().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  private Map<String, String> common(Ports.Use http, Ports.Use management) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("AUTH_API_KEY", secrets.value("auth-api-key"));
    environment.put("GATEHOUSE_INSTANCE", options.instance());
    environment.put("QUARKUS_HTTP_HOST", LOOPBACK);
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(ports.of(http)));
    environment.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
    environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.of(management)));
    // There is no other replica that callers could go to meanwhile.
    environment.put("QUARKUS_SHUTDOWN_DELAY", "0s");
    return environment;
  }

  private Map<String, String> database(ServiceDatabase database) throws IOException {
    return database.environment(database.address(ports.of(DATABASE)), database.password(secrets));
  }

  private List<String> quickToStart(String module) throws IOException {
    return jvm.of(module, "-Xmx160m", "-XX:TieredStopAtLevel=1");
  }
}
