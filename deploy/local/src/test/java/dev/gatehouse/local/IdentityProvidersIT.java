package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Identity providers of the configuration that go away, and that are replaced. */
@ExtendWith(SharedInstance.class)
class IdentityProvidersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TENANT = "people";

  @TempDir static Path home;
  private static Deployment deployment;
  private static OwnProvider unsteady;
  private static OwnProvider outgoing;
  private static FurtherService keyService;
  private static List<FurtherGateway> gateways;

  @BeforeAll
  static void start(RunningInstance lender) throws IOException {
    unsteady = new OwnProvider();
    outgoing = new OwnProvider();
    deployment = Deployment.of(lender, home);
    FurtherService tenantService = deployment.tenantService("tenant-service", Map.of());
    keyService = keyService("key-service", outgoing.as("outgoing"));
    gateways = List.of(deployment.gateway("one", Map.of()), deployment.gateway("two", Map.of()));
    tenantService.awaitReady();
    keyService.awaitReady();
    gateways.forEach(FurtherGateway::awaitReady);
    Commands.succeeds(deployment.gatehouse(home, "tenants", "add", "local", TENANT, "--wait=30s"));
  }

  @AfterAll
  static void stop() {
    deployment.close();
    unsteady.close();
    outgoing.close();
  }

  /** Design §8. */
  @Test
  void whileAProviderIsGoneItsKnownKeysGoOnAndUnknownOnesAreRefusedUntilItIsBack()
      throws IOException {
    String known = unsteady.token(TENANT);
    awaitEverywhere(known, 200);

    unsteady.goAway();
    unsteady.changeKey();
    String unknown = unsteady.token(TENANT);
    String fresh = outgoing.token(TENANT);
    for (FurtherGateway gateway : gateways) {
      HttpResponse<String> pending = ask(gateway, unknown);
      assertThat(pending.statusCode()).isEqualTo(503);
      assertThat(pending.body()).contains("\"code\":\"key_pending\"");
      assertThat(pending.headers().firstValue("Retry-After")).isPresent();
      assertThat(ask(gateway, known).statusCode()).isEqualTo(200);
    }
    awaitEverywhere(fresh, 200);

    unsteady.comeBack();
    awaitEverywhere(unknown, 200);
    awaitEverywhere(known, 401);
  }

  @Test
  void aProviderThatIsReplacedIsRefusedAtEveryGatewayAfterBothWereGoodForAWhile()
      throws IOException {
    String old = outgoing.token(TENANT);
    awaitEverywhere(old, 200);
    try (OwnProvider incoming = new OwnProvider()) {
      String next = incoming.token(TENANT);
      assertThat(ask(gateways.get(0), next).statusCode()).isEqualTo(401);

      Map<String, String> both = new HashMap<>(outgoing.as("outgoing"));
      both.putAll(incoming.as("incoming"));
      replaceKeyService("key-service-with-both", both);
      awaitEverywhere(next, 200);
      assertThat(ask(gateways.get(0), old).statusCode()).isEqualTo(200);

      replaceKeyService("key-service-with-the-new-one", incoming.as("incoming"));
      awaitEverywhere(old, 401);
      awaitEverywhere(outgoing.token(TENANT), 401);
      awaitEverywhere(next, 200);
    }
  }

  private static FurtherService keyService(String name, Map<String, String> issuers) {
    Map<String, String> settings = new HashMap<>(issuers);
    settings.putAll(unsteady.as("unsteady"));
    settings.put("gatehouse.oidc.unknown-key-interval", "1s");
    return deployment.keyService(name, settings);
  }

  /** As a Deployment does: the next one is there before the former goes. */
  private static void replaceKeyService(String name, Map<String, String> issuers) {
    FurtherService next = keyService(name, issuers).awaitReady();
    deployment.retire(keyService);
    keyService = next;
  }

  private static void awaitEverywhere(String token, int status) {
    for (FurtherGateway gateway : gateways) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(ask(gateway, token).statusCode()).isEqualTo(status));
    }
  }

  private static HttpResponse<String> ask(FurtherGateway gateway, String token) {
    return gateway.get(
        "cortex." + TENANT + ".localhost", "/api/v1/labels", "Authorization", "Bearer " + token);
  }
}
