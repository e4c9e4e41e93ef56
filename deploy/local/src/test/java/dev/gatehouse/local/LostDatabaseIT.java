package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Both databases are lost for good, and rebuilt from the last export. */
@ExtendWith(SharedInstance.class)
class LostDatabaseIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path home;

  @Test
  void gatewaysServeAlsoRestartedUntilTheImportMakesEverythingAsItWas(RunningInstance lender) {
    try (Deployment deployment = Deployment.of(lender, home)) {
      FurtherService tenantService = deployment.tenantService("tenant-service", Map.of());
      FurtherService keyService = deployment.keyService("key-service", Map.of());
      FurtherGateway gateway = deployment.gateway("gateway", Map.of());
      tenantService.awaitReady();
      keyService.awaitReady();
      gateway.awaitReady();
      Visitor visitor = Visitor.admitted(deployment, home, "kept");
      Visitor removed = Visitor.admitted(deployment, home, "removed");
      succeeds(deployment, "ta-pubkeys-remove", "local", removed.keyId(), "--wait=30s");
      succeeds(deployment, "export", "local", "registry.jsonl");
      String before = succeeds(deployment, "tenants", "show", "local", "kept", "-o", "json");

      deployment.retire(tenantService);
      deployment.retire(keyService);
      for (ServiceDatabase database : ServiceDatabase.values()) {
        anew(deployment, database);
      }
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      gateway.kill();
      gateway = deployment.gateway("gateway", Map.of()).awaitReady();
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      assertThat(removed.statusAt(gateway.port())).isEqualTo(401);

      tenantService = deployment.tenantService("empty-tenant-service", Map.of());
      keyService = deployment.keyService("empty-key-service", Map.of());
      tenantService.awaitReady();
      keyService.awaitReady();
      awaitAlarms(gateway);
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);

      succeeds(deployment, "tenants", "add", "local", "kept");
      Run refused = deployment.gatehouse(home, "import", "local", "registry.jsonl");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("import_conflict: tenant kept: another registration");
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      deployment.retire(tenantService);
      anew(deployment, ServiceDatabase.TENANTS);
      deployment.tenantService("tenant-service-again", Map.of()).awaitReady();

      assertThat(succeeds(deployment, "import", "local", "registry.jsonl"))
          .contains("created")
          .doesNotStartWith("0 created");
      assertThat(succeeds(deployment, "import", "local", "registry.jsonl")).startsWith("0 created");
      accept(deployment, "tenants");
      accept(deployment, "keys");
      succeeds(
          deployment, "tenants", "set", "local", "kept", "--display-name", "Kept", "--wait=60s");

      assertThat(id(succeeds(deployment, "tenants", "show", "local", "kept", "-o", "json")))
          .isEqualTo(id(before));
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      assertThat(removed.statusAt(gateway.port())).isEqualTo(401);
    }
  }

  private static void anew(Deployment deployment, ServiceDatabase database) {
    deployment.databases().drop(database);
    deployment.databases().create(database);
  }

  private static void awaitAlarms(FurtherGateway gateway) {
    for (String feed : new String[] {"tenants", "keys"}) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  gateway.metric("gatehouse_feed_history_alarms_total", "feed=\"" + feed + "\"")
                      >= 1);
    }
  }

  /** A gateway that was cut off asks again within ten seconds, and there is something to accept. */
  private void accept(Deployment deployment, String feed) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                deployment.gatehouse(home, "feeds", "accept", "local", feed, "--yes").exit() == 0);
  }

  private static String id(String tenant) {
    return tenant.replaceAll("(?s).*\"id\" *: *\"([^\"]+)\".*", "$1");
  }

  private String succeeds(Deployment deployment, String... arguments) {
    return Commands.succeeds(deployment.gatehouse(home, arguments));
  }
}
