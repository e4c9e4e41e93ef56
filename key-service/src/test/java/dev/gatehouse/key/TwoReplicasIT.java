package dev.gatehouse.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas on one database: one of them follows the tenants, and the other takes over. */
class TwoReplicasIT {

  private static final String FOLLOWER = "SELECT coalesce(leased_by, '') FROM tenants_feed";

  private static final Neighbours NEIGHBOURS = new Neighbours();
  private static TestDatabase database;
  private static FakeTenantService tenants;
  private static ServiceProcess one;
  private static ServiceProcess two;

  @BeforeAll
  static void start() {
    database = TestDatabase.start();
    Map<String, String> environment = new HashMap<>(ServiceProcess.environment(database.port()));
    environment.put(
        "GATEHOUSE_TENANT_SERVICE_URL", NEIGHBOURS.start().get("gatehouse.tenant-service.url"));
    environment.put("GATEHOUSE_FEEDS_HOLD", "1s");
    environment.put("GATEHOUSE_FEEDS_LEASE", "3s");
    environment.put("GATEHOUSE_FEEDS_RETRY", "200ms");
    tenants = NEIGHBOURS.tenants();
    one = ServiceProcess.start(environment);
    two = ServiceProcess.start(environment);
    await().atMost(Duration.ofMinutes(2)).until(() -> one.isReady() && two.isReady());
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    NEIGHBOURS.stop();
    database.close();
  }

  @Test
  void oneOfThemFollowsAndWhenItIsKilledTheOtherOne() {
    addKeyOf("first");
    await().until(() -> !database.query(FOLLOWER).isEmpty());
    String follower = database.query(FOLLOWER);

    tenants.remove("first");
    untilGone("first");
    assertThat(database.query(FOLLOWER)).isEqualTo(follower);

    addKeyOf("second");
    one.close();
    tenants.remove("second");
    untilGone("second");
    assertThat(database.query("SELECT count(*) FROM audit WHERE action = 'owner.removed'"))
        .isEqualTo("2");
  }

  private static void addKeyOf(String tenant) {
    tenants.register(tenant);
    two.asOperator()
        .body(
            JsonNodeFactory.instance
                .objectNode()
                .put("key", TestKeys.newPublicKey())
                .put("owner", tenant)
                .toString())
        .post("/api/v1/keys")
        .then()
        .statusCode(201);
  }

  private static void untilGone(String tenant) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                database
                    .query("SELECT count(*) FROM anchor WHERE owner = '" + tenant + "'")
                    .equals("0"));
  }
}
