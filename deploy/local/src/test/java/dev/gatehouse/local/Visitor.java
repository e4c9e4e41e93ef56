package dev.gatehouse.local;

import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A tenant's machine client with a key pair of its own, let in by the operator. */
final class Visitor {
  private static final String LABELS = "/api/v1/labels";

  private final Installation installation;
  private final Path home;
  private final String tenant;
  private final String keyId;
  private final String token;

  private Visitor(Installation installation, Path home, String tenant) {
    this.installation = installation;
    this.home = home;
    this.tenant = tenant;
    run("tenants", "add", "local", tenant);
    run("ta-create-keypair", keyFile(), "--type", "ec");
    this.keyId = run("ta-pubkeys-add", "local", keyFile(), "--owner", tenant).strip();
    this.token = run("ta-create-token", "local", tenant, keyFile());
  }

  /** Registers the tenant, trusts a new key of its, and mints a token. */
  static Visitor admitted(Installation installation, Path home, String tenant) {
    return new Visitor(installation, home, tenant);
  }

  String keyId() {
    return keyId;
  }

  String token() {
    return token;
  }

  /** What the gateway answers to a query. */
  int statusAt(int gatewayPort) {
    return ask(gatewayPort, "cortex", LABELS).statusCode();
  }

  /** What the gateway answers to a query to one of its apis. */
  HttpResponse<String> ask(int gatewayPort, String api, String path) {
    return Http.get(gatewayPort, host(api), path, "Authorization", "Bearer " + token);
  }

  String host(String api) {
    return api + "." + tenant + ".localhost";
  }

  private String run(String... arguments) {
    return Commands.succeeds(installation.gatehouse(home, arguments));
  }

  private String keyFile() {
    return tenant + ".pem";
  }
}
