package dev.gatehouse.key.owner;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a removed tenant owned goes, and nothing else does. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class OwnerCleanupTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  @Inject
  AuthApiKey apiKey;

  private String leaves;
  private String stays;
  private UUID leavesId;
  private UUID staysId;

  @BeforeEach
  void twoTenantsWithAKeyAndARevocation() {
    String unique = Long.toString(System.nanoTime(), 36);
    leaves = "leaves-" + unique;
    stays = "stays-" + unique;
    leavesId = tenants.register(leaves);
    staysId = tenants.register(stays);
    for (String tenant : List.of(leaves, stays)) {
      addKey(tenant).then().statusCode(201);
      as(tenant)
          .body("{\"tenant\":\"%s\"}".formatted(tenant))
          .post("/api/v1/revocations")
          .then()
          .statusCode(201);
    }
  }

  @AfterEach
  void repair() {
    tenants.setBroken(false);
    tenants.feed().pagesOf(5_000);
  }

  @Test
  void whatARemovedTenantOwnedGoesFromTablesAndFeed() {
    tenants.remove(leaves);

    untilGone(leaves);

    assertThat(owners(AnchorEntry.KIND)).contains(stays).doesNotContain(leaves);
    assertThat(owners(RevocationEntry.KIND)).contains(stays).doesNotContain(leaves);
    assertThat(owned(stays)).isEqualTo("2");
  }

  @Test
  void theAuditSaysWhatWent() {
    tenants.remove(leaves);

    untilGone(leaves);

    assertThat(
            database.query(
                "SELECT content FROM audit WHERE action = 'owner.removed' AND tenant = '"
                    + leaves
                    + "'"))
        .contains("/api/v1/tenants/" + leaves, "/api/v1/keys/", "/api/v1/revocations/", "service");
  }

  @Test
  void whoWasAwayForTooLongComparesWithAllThatThereIs() {
    tenants.setBroken(true);
    tenants.remove(leaves);
    tenants.register("newer-" + leaves);
    tenants.feed().compact();
    tenants.feed().pagesOf(3);
    tenants.setBroken(false);

    untilGone(leaves);

    assertThat(owned(stays)).isEqualTo("2");
  }

  @Test
  void whileTheRegistryIsGoneNothingGoesAndAfterwardsItGoesOn() {
    tenants.setBroken(true);
    tenants.remove(leaves);
    addKey(leaves).then().statusCode(503).body("code", equalTo("service_unavailable"));
    as(leaves).get("/api/v1/keys").then().statusCode(200).body("keys", hasSize(1));

    tenants.setBroken(false);

    untilGone(leaves);
  }

  @Test
  void ofAnotherHistoryNothingIsTakenUntilAnOperatorAcceptsIt() {
    tenants.feed().startAnew(Map.of(staysId, stays));
    untilAskedAgain();
    assertThat(owned(leaves)).isEqualTo("2");

    tenants.feed().accept(new AuthApiKey("x".repeat(40), Optional.empty()));
    untilAskedAgain();
    assertThat(owned(leaves)).isEqualTo("2");

    tenants.feed().accept(apiKey);

    untilGone(leaves);
    assertThat(owned(stays)).isEqualTo("2");
  }

  @Test
  void anOlderBackupDoesNotPassByTheWordThatOnceAcceptedIt() {
    Map<UUID, String> both = Map.of(leavesId, leaves, staysId, stays);
    acceptAnew(both);
    UUID former = tenants.feed().epoch();
    acceptAnew(both);

    tenants.feed().startAs(former, Map.of(staysId, stays));
    tenants.feed().accept(apiKey);

    untilAskedAgain();
    assertThat(owned(leaves)).isEqualTo("2");
    acceptAnew(Map.of(staysId, stays));
    untilGone(leaves);
  }

  @Test
  void anOlderBackupOfTheHistoryThatIsFollowedDoesNotPassEither() {
    acceptAnew(Map.of(leavesId, leaves, staysId, stays));

    tenants.feed().startAs(tenants.feed().epoch(), Map.of(staysId, stays));
    tenants.feed().accept(apiKey);

    untilAskedAgain();
    assertThat(owned(leaves)).isEqualTo("2");
    acceptAnew(Map.of(staysId, stays));
    untilGone(leaves);
  }

  @Test
  void whoIsToldToBeginFromTheStartTakesNoOtherHistoryThere() {
    tenants.setBroken(true);
    for (int i = 0; i < 5; i++) {
      tenants.register("newer" + i + "-" + leaves);
    }
    tenants.feed().compact();
    tenants.feed().startAnewAfterReset(Map.of(staysId, stays));
    UUID before = tenants.feed().epoch();
    tenants.setBroken(false);
    await().until(() -> !tenants.feed().epoch().equals(before));

    untilAskedAgain();

    assertThat(owned(leaves)).isEqualTo("2");
    tenants.feed().accept(apiKey);
    untilGone(leaves);
  }

  @Test
  void aRegistrationThatIsGoneIsNotBoundToAnyMore() {
    tenants.remove(leaves);
    untilGone(leaves);
    tenants.registerAs(leaves, leavesId);

    addKey(leaves).then().statusCode(404).body("code", equalTo("tenant_unknown"));
  }

  @Test
  void theNextTenantOfTheNameKeepsItsKeysWhenTheFormersGo() {
    tenants.setBroken(true);
    tenants.remove(leaves);
    tenants.register(leaves);
    tenants.setBroken(false);
    addKey(leaves).then().statusCode(201);
    tenants.register("later-" + leaves);
    String former = "SELECT count(*) FROM revocation WHERE owner_id = '" + leavesId + "'";
    await().atMost(Duration.ofSeconds(20)).until(() -> database.query(former).equals("0"));

    as(leaves).get("/api/v1/keys").then().body("keys", hasSize(1));
  }

  private void acceptAnew(Map<UUID, String> known) {
    tenants.feed().startAnew(known);
    tenants.feed().accept(apiKey);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> followed().equals(tenants.feed().epoch().toString()));
  }

  private void untilAskedAgain() {
    int asked = tenants.feed().asked();
    await().atMost(Duration.ofSeconds(20)).until(() -> tenants.feed().asked() > asked + 5);
  }

  private String followed() {
    return database.query("SELECT epoch FROM tenants_feed");
  }

  private void untilGone(String owner) {
    await().atMost(Duration.ofSeconds(20)).until(() -> owned(owner).equals("0"));
  }

  private String owned(String owner) {
    return database.query(
        "SELECT (SELECT count(*) FROM anchor WHERE owner = '%s')".formatted(owner)
            + " + (SELECT count(*) FROM revocation WHERE owner = '%s')".formatted(owner));
  }

  private static List<String> owners(String kind) {
    return kind.equals(AnchorEntry.KIND)
        ? FeedReader.state(kind, AnchorEntry.class).stream()
            .map(AnchorEntry::owner)
            .map(Reach::text)
            .toList()
        : FeedReader.state(kind, RevocationEntry.class).stream()
            .map(RevocationEntry::owner)
            .map(Reach::text)
            .toList();
  }

  private static Response addKey(String owner) {
    return asOperator()
        .body(
            JsonNodeFactory.instance
                .objectNode()
                .put("key", TestKeys.newPublicKey())
                .put("owner", owner)
                .toString())
        .post("/api/v1/keys");
  }
}
