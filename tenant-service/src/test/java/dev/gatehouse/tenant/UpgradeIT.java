package dev.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that was filled before limits, audit and idempotency came. */
class UpgradeIT {

  private static final String LAST_SCHEMA_OF_PART_ONE = "2";
  private static final UUID ACME = new UUID(1, 1);
  private static final UUID PAY = new UUID(1, 2);
  private static final UUID GONE = new UUID(1, 3);
  private static final UUID AGAIN = new UUID(1, 4);
  private static final UUID EPOCH = new UUID(9, 9);

  private static TestDatabase database;
  private static ServiceProcess service;
  private static final List<Change> history = new ArrayList<>();

  @BeforeAll
  static void upgrade() {
    database = TestDatabase.start();
    String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres";
    Flyway.configure()
        .dataSource(url, "postgres", "postgres")
        .locations("classpath:db/migration")
        .target(LAST_SCHEMA_OF_PART_ONE)
        .load()
        .migrate();
    fill();
    service = ServiceProcess.start(ServiceProcess.environment(database.port()));
    await().atMost(Duration.ofMinutes(2)).until(service::isReady);
  }

  @AfterAll
  static void stop() {
    service.close();
    database.close();
  }

  @Test
  void everyTenantIsServedAsBefore() {
    service
        .asOperator()
        .get("/api/v1/tenants")
        .then()
        .statusCode(200)
        .body("tenants.name", contains("_", "acme", "acme:pay", "again"))
        .body("tenants[1].id", equalTo(ACME.toString()))
        .body("tenants[1].orgId", equalTo("TeamA"))
        .body("tenants[1].displayName", equalTo("Acme"))
        .body("tenants[1].revision", equalTo(1))
        .body("tenants[1].limits", nullValue())
        .body("tenants[2].status", equalTo("suspended"));
  }

  @Test
  void theFeedIsUnchanged() {
    Follower follower = new Follower();
    follower.catchUp(service);

    assertThat(follower.changes().subList(0, history.size())).isEqualTo(history);
    assertThat(database.query("SELECT epoch FROM feed_head")).isEqualTo(EPOCH.toString());
  }

  @Test
  void whatWasUsedOnceIsStillKnown() {
    service
        .asOperator()
        .body("{\"name\":\"gone\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(409)
        .body("code", equalTo("name_was_used"));
    service
        .asOperator()
        .body("{\"name\":\"other\",\"orgId\":\"OldData\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(409)
        .body("code", equalTo("name_was_used"));
    assertThat(database.query("SELECT tokens_not_before FROM tenant WHERE name = 'again'"))
        .isEqualTo("1700000000");
  }

  @Test
  void anOldTenantTakesLimitsAndTheHistoryGoesOn() {
    service
        .asOperator()
        .header("If-Match", "\"2\"")
        .body("{\"limits\":{\"openStreams\":4}}")
        .patch("/api/v1/tenants/acme:pay")
        .then()
        .statusCode(200)
        .body("limits.openStreams", equalTo(4))
        .body("status", equalTo("suspended"));

    Follower follower = new Follower();
    follower.catchUp(service);
    assertThat(follower.revision()).isGreaterThan(history.size());
    assertThat(follower.tenants()).contains("acme:pay acme.pay suspended {\"openStreams\":4}");
  }

  @Test
  void theAuditLogBegins() {
    service
        .asOperator()
        .get("/api/v1/audit/verify")
        .then()
        .statusCode(200)
        .body("intact", equalTo(true));
  }

  private static void fill() {
    tell(ACME, "{\"name\":\"acme\",\"orgId\":\"TeamA\",\"status\":\"active\"}");
    tell(PAY, "{\"name\":\"acme:pay\",\"orgId\":\"acme.pay\",\"status\":\"suspended\"}");
    tell(GONE, "{\"name\":\"gone\",\"orgId\":\"OldData\",\"status\":\"active\"}");
    tell(GONE, null);
    tell(
        AGAIN,
        "{\"name\":\"again\",\"orgId\":\"again\",\"status\":\"active\","
            + "\"tokensNotBefore\":1700000000}");
    register(ACME, "acme", null, "TeamA", "'Acme'", "active", "NULL", 1);
    register(PAY, "acme:pay", ACME, "acme.pay", "NULL", "suspended", "NULL", 2);
    register(AGAIN, "again", null, "again", "NULL", "active", "1700000000", 5);
    database.execute(
        """
        INSERT INTO former_name VALUES ('gone', 1700000001), ('again', 1700000000);
        INSERT INTO former_org_id VALUES ('OldData'), ('again');
        INSERT INTO watcher (id, kind, name, epoch, applied, first_contact, last_contact)
        VALUES ('w1', 'gateway', 'gateway-1', '%s', 5, now(), now())
        """
            .formatted(EPOCH));
  }

  private static void tell(UUID id, String content) {
    FeedHash before = history.isEmpty() ? FeedHash.NONE : history.get(history.size() - 1).hash();
    long revision = history.size() + 1L;
    Instant at = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    Optional<String> json = Optional.ofNullable(content);
    FeedHash hash = before.next(revision, "tenant", id, at, json);
    history.add(new Change(revision, "tenant", id, at, json, hash));
    database.execute(
        "INSERT INTO change VALUES (%d, 'tenant', '%s', '%s', %s, '%s')"
            .formatted(revision, id, at, json.map(it -> "'" + it + "'").orElse("NULL"), hash));
    database.execute(
        "UPDATE feed_head SET epoch = '%s', revision = %d, hash = '%s'"
            .formatted(EPOCH, revision, hash));
  }

  private static void register(
      UUID id,
      String name,
      UUID parent,
      String orgId,
      String displayName,
      String status,
      String tokensNotBefore,
      long revision) {
    database.execute(
        ("INSERT INTO tenant (id, name, parent_id, org_id, display_name, status,"
                + " tokens_not_before, created_at, revision)"
                + " VALUES ('%s', '%s', %s, '%s', %s, '%s', %s, now(), %d)")
            .formatted(
                id,
                name,
                parent == null ? "NULL" : "'" + parent + "'",
                orgId,
                displayName,
                status,
                tokensNotBefore,
                revision));
  }
}
