package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Databases that are put back to yesterday do not bring back what was removed today. */
@ExtendWith(SharedInstance.class)
class RestoredDatabaseIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String ALARMS = "gatehouse_feed_history_alarms_total";

  @TempDir Path home;

  @Test
  void theDataPlaneServesAllTheWhileAndRemovedKeysComeBackOnlyWhereAnOperatorAccepts(
      RunningInstance lender) {
    try (Deployment deployment = Deployment.of(lender, home)) {
      FurtherService tenantService = deployment.tenantService("tenant-service", Map.of());
      FurtherService keyService = deployment.keyService("key-service", Map.of());
      FurtherGateway one = deployment.gateway("one", Map.of());
      FurtherGateway two = deployment.gateway("two", Map.of());
      tenantService.awaitReady();
      keyService.awaitReady();
      one.awaitReady();
      two.awaitReady();
      Visitor staying = Visitor.admitted(deployment, home, "staying");
      Visitor removed = Visitor.admitted(deployment, home, "removed");
      Visitor removedTwice = Visitor.admitted(deployment, home, "twice");

      Map<ServiceDatabase, Map<String, List<String>>> backup = backup(deployment);
      Visitor late = Visitor.admitted(deployment, home, "late");
      succeeds(deployment, "ta-pubkeys-remove", "local", removed.keyId(), "--wait=30s");
      succeeds(deployment, "ta-pubkeys-remove", "local", removedTwice.keyId(), "--wait=30s");

      try (Load load = new Load(one.port(), staying)) {
        deployment.retire(tenantService);
        deployment.retire(keyService);
        backup.forEach(deployment.databases()::restore);
        tenantService = deployment.tenantService("restored-tenant-service", Map.of());
        keyService = deployment.keyService("restored-key-service", Map.of());
        tenantService.awaitReady();
        keyService.awaitReady();

        awaitAlarm(one);
        awaitAlarm(two);
        two.kill();
        FurtherGateway again = deployment.gateway("two", Map.of()).awaitReady();
        for (FurtherGateway gateway : List.of(one, again)) {
          assertThat(staying.statusAt(gateway.port())).isEqualTo(200);
          assertThat(late.statusAt(gateway.port())).isEqualTo(200);
          assertThat(removed.statusAt(gateway.port())).isEqualTo(401);
          assertThat(removedTwice.statusAt(gateway.port())).isEqualTo(401);
        }

        succeeds(deployment, "ta-pubkeys-remove", "local", removedTwice.keyId());
        assertThat(succeeds(deployment, "feeds", "list", "local"))
            .contains("tenants", "keys", "other");
        assertThat(accept(deployment, "keys"))
            .contains(removed.keyId(), late.keyId())
            .doesNotContain(removedTwice.keyId(), staying.keyId());
        assertThat(accept(deployment, "tenants")).contains("late").doesNotContain("staying");

        for (FurtherGateway gateway : List.of(one, again)) {
          await().atMost(PATIENCE).until(() -> removed.statusAt(gateway.port()) == 200);
          await().atMost(PATIENCE).until(() -> late.statusAt(gateway.port()) == 401);
          assertThat(removedTwice.statusAt(gateway.port())).isEqualTo(401);
          assertThat(staying.statusAt(gateway.port())).isEqualTo(200);
        }
        load.awaitMore();
        assertThat(load.failures()).isEmpty();
      }
      succeeds(deployment, "tenants", "suspend", "local", "staying", "--wait=30s");
    }
  }

  private static Map<ServiceDatabase, Map<String, List<String>>> backup(Deployment deployment) {
    Map<ServiceDatabase, Map<String, List<String>>> backup = new EnumMap<>(ServiceDatabase.class);
    for (ServiceDatabase database : ServiceDatabase.values()) {
      backup.put(database, deployment.databases().dump(database));
    }
    return backup;
  }

  private static void awaitAlarm(FurtherGateway gateway) {
    for (String feed : List.of("tenants", "keys")) {
      await().atMost(PATIENCE).until(() -> gateway.metric(ALARMS, "feed=\"" + feed + "\"") >= 1);
      assertThat(gateway.log()).contains("Feed " + feed + " tells another history");
    }
  }

  /** What was listed on the way. */
  private String accept(Deployment deployment, String feed) {
    Run run = deployment.gatehouse(home, "feeds", "accept", "local", feed, "--yes");
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out() + run.err();
  }

  private String succeeds(Deployment deployment, String... arguments) {
    return Commands.succeeds(deployment.gatehouse(home, arguments));
  }
}
