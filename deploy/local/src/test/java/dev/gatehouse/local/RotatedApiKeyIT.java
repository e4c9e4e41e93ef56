package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** AUTH_API_KEY is changed in all three services, in the documented order, under load. */
@ExtendWith(SharedInstance.class)
class RotatedApiKeyIT {
  private static final String NEW = "the-new-api-key-0123456789-0123456789";

  @TempDir Path home;

  @Test
  void noRequestAndNoCallFailsAndTheOldKeyIsRefusedEverywhereAfterwards(RunningInstance lender)
      throws Exception {
    try (Deployment deployment = Deployment.of(lender, home)) {
      String old = deployment.apiKey();
      Release release = new Release(deployment, "old", Map.of("AUTH_API_KEY", old));
      release.awaitReady();
      Visitor visitor = Visitor.admitted(deployment, home, "rotating");
      try (Load load = new Load(deployment.port(Ports.Use.GATEWAY), visitor);
          Writer writer = new Writer(deployment, "written-")) {
        load.awaitMore();
        writer.awaitMore();

        List<Map<String, String>> steps =
            List.of(
                Map.of("AUTH_API_KEY", old, "AUTH_API_KEY_PREVIOUS", NEW),
                Map.of("AUTH_API_KEY", NEW, "AUTH_API_KEY_PREVIOUS", old),
                Map.of("AUTH_API_KEY", NEW));
        for (Map<String, String> keys : steps) {
          Release next = new Release(deployment, "step-" + steps.indexOf(keys), keys);
          next.awaitReady();
          release.retire();
          release = next;
          load.awaitMore();
          writer.awaitMore();
        }

        List<String> written = writer.end();
        assertThat(load.failures()).isEmpty();
        assertThat(writer.failures()).isEmpty();
        assertThat(writer.unavailable()).isZero();
        assertThat(registered(deployment)).containsExactlyInAnyOrderElementsOf(written);
      }
      for (int port : release.servicePorts()) {
        assertThat(gateways(port, old).statusCode()).isEqualTo(401);
        assertThat(gateways(port, NEW).statusCode()).isEqualTo(200);
      }
      assertThat(release.log()).doesNotContain(old, NEW);
      Commands.succeeds(deployment.gatehouse(home, "audit", "verify", "local"));
      Commands.succeeds(
          deployment.gatehouse(home, "tenants", "suspend", "local", "rotating", "--wait=30s"));
    }
  }

  private List<String> registered(Deployment deployment) {
    return Commands.succeeds(deployment.gatehouse(home, "tenants", "list", "local"))
        .lines()
        .filter(name -> name.startsWith("written-"))
        .toList();
  }

  private static HttpResponse<String> gateways(int port, String apiKey) {
    return Http.get(port, "localhost", "/api/v1/gateways", "X-API-Key", apiKey, "X-Tenant-ID", "*");
  }

  /** One of each, told the same, as an upgrade with Helm replaces all three Deployments at once. */
  private static final class Release {
    private final Deployment deployment;
    private final List<FurtherService> services = new ArrayList<>();
    private final FurtherGateway gateway;

    Release(Deployment deployment, String name, Map<String, String> keys) {
      this.deployment = deployment;
      services.add(deployment.tenantService(name + "-tenant-service", keys));
      services.add(deployment.keyService(name + "-key-service", keys));
      gateway = deployment.gateway(name + "-gateway", new HashMap<>(keys));
    }

    void awaitReady() {
      services.forEach(FurtherService::awaitReady);
      gateway.awaitReady();
    }

    void retire() {
      services.forEach(deployment::retire);
      deployment.retire(gateway);
    }

    List<Integer> servicePorts() {
      return services.stream().map(FurtherService::port).toList();
    }

    String log() throws IOException {
      return Stream.concat(services.stream().map(FurtherService::log), Stream.of(gateway.log()))
          .reduce("", String::concat);
    }
  }
}
