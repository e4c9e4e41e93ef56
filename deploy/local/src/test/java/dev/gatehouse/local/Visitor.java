package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A tenant's machine client with a key pair of its own, let in by the operator. */
final class Visitor {
  private static final String LABELS = "/api/v1/labels";

  private final RunningInstance instance;
  private final Path home;
  private final String tenant;
  private final String keyId;
  private final String token;

  private Visitor(RunningInstance instance, Path home, String tenant) {
    this.instance = instance;
    this.home = home;
    this.tenant = tenant;
    run("tenants", "add", "local", tenant);
    run("ta-create-keypair", keyFile());
    this.keyId = run("ta-pubkeys-add", "local", keyFile(), "--owner", tenant).strip();
    this.token = run("ta-create-token", "local", tenant, keyFile());
  }

  /** Registers the tenant, trusts a new key of its, and mints a token. */
  static Visitor admitted(RunningInstance instance, Path home, String tenant) {
    return new Visitor(instance, home, tenant);
  }

  String keyId() {
    return keyId;
  }

  String token() {
    return token;
  }

  /** What the gateway answers to a query. */
  int statusAt(int gatewayPort) {
    HttpResponse<String> answer =
        Http.get(
            gatewayPort,
            "cortex." + tenant + ".localhost",
            LABELS,
            "Authorization",
            "Bearer " + token);
    return answer.statusCode();
  }

  private String run(String... arguments) {
    Run run = instance.gatehouse(home, arguments);
    assertThat(run.exit()).as("it said: %s%s", run.out(), run.err()).isZero();
    return run.out();
  }

  private String keyFile() {
    return tenant + ".pem";
  }
}
