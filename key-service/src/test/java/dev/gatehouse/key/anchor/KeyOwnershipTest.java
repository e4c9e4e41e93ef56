package dev.gatehouse.key.anchor;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.key.anchor.KeyCalls.KEY;
import static dev.gatehouse.key.anchor.KeyCalls.KEYS;
import static dev.gatehouse.key.anchor.KeyCalls.add;
import static dev.gatehouse.key.anchor.KeyCalls.post;
import static dev.gatehouse.key.anchor.KeyCalls.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose keys are whose: owners, what they see of each other, and what they can give. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class KeyOwnershipTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private String acme;
  private String nested;
  private String other;

  @BeforeEach
  void threeTenants() {
    String unique = Long.toString(System.nanoTime(), 36);
    acme = "acme-" + unique;
    nested = acme + ":pay";
    other = "other-" + unique;
    List.of(acme, nested, other).forEach(tenants::register);
  }

  @AfterEach
  void repair() {
    tenants.setBroken(false);
  }

  @Test
  void aTenantAddsKeysForItselfAndForThoseNestedInIt() {
    post(as(acme), upload(TestKeys.newPublicKey(), acme)).statusCode(201);
    post(as(acme), upload(TestKeys.newPublicKey(), nested)).statusCode(201);
  }

  @Test
  void nobodyAddsKeysForOthersOrForThoseAbove() {
    for (String owner : List.of(other, "no-such-tenant")) {
      post(as(acme), upload(TestKeys.newPublicKey(), owner))
          .statusCode(403)
          .body("code", equalTo("tenant_mismatch"));
    }
    post(as(nested), upload(TestKeys.newPublicKey(), acme))
        .statusCode(403)
        .body("code", equalTo("tenant_mismatch"));
  }

  @Test
  void anOwnerWithinReachThatIsNotRegisteredIsNotFound() {
    post(as(acme), upload(TestKeys.newPublicKey(), acme + ":missing"))
        .statusCode(404)
        .body("code", equalTo("tenant_unknown"));
  }

  @Test
  void withoutTheRegistryOfTenantsNothingIsWritten() {
    long before = FeedReader.head();
    tenants.setBroken(true);

    post(as(acme), upload(TestKeys.newPublicKey(), acme))
        .statusCode(503)
        .header("Retry-After", not(equalTo("")))
        .body("code", equalTo("service_unavailable"));
    post(asOperator(), upload(TestKeys.newPublicKey(), "*")).statusCode(201);

    assertThat(FeedReader.head()).isEqualTo(before + 1);
  }

  @Test
  void operatorsAddKeysForEveryTenantAndTheGatewaysHearOfNoRegistration() {
    String id = add(asOperator(), "*");

    AnchorEntry told =
        FeedReader.state("anchor", AnchorEntry.class).stream()
            .filter(entry -> entry.keyId().value().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(told.owner()).isEqualTo(Reach.EVERYTHING);
    assertThat(told.ownerId()).isEmpty();
  }

  @Test
  void tenantsAddNoKeysForEveryTenant() {
    post(as(acme), upload(TestKeys.newPublicKey(), "*"))
        .statusCode(403)
        .body("code", equalTo("owner_refused"));
  }

  @Test
  void nobodyGrantsScopesThatTheyLack() {
    ObjectNode upload = upload(TestKeys.newPublicKey(), acme);
    upload.putArray("scopes").add("loki:read").add("keys:write");

    post(as(acme, "keys:write *:read"), upload).statusCode(201);
    post(as(acme, "keys:write cortex:read"), upload)
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"))
        .body("detail", allOf(containsString("loki:read"), not(containsString("keys:write"))));
    post(as(acme, "keys:write *:read"), upload(TestKeys.newPublicKey(), acme))
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
  }

  @Test
  void everyCallNeedsItsScope() {
    String id = add(as(acme), acme);

    post(as(acme, "keys:read *:read *:write"), upload(TestKeys.newPublicKey(), acme))
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    as(acme, "keys:read").get(KEYS).then().statusCode(200);
    as(acme, "keys:read").get(KEY, id).then().statusCode(200);
    as(acme, "keys:read").delete(KEY, id).then().statusCode(403);
    as(acme, "tenants:write *:read").get(KEYS).then().statusCode(403);
    as(acme, "tenants:write *:read").get(KEY, id).then().statusCode(403);
    as(acme, "").get(KEYS).then().statusCode(403);
    as(acme, "keys:write").delete(KEY, id).then().statusCode(200);
  }

  @Test
  void withoutTheApiKeyNobodyIsAnswered() {
    RestAssured.given()
        .header("X-Tenant-ID", "*")
        .get(KEYS)
        .then()
        .statusCode(401)
        .body("code", equalTo("api_key_refused"));
  }

  @Test
  void aKeyIsSeenByItsOwnerAndThoseAboveAndByNobodyElse() {
    String id = add(as(acme), nested);

    as(nested).get(KEY, id).then().statusCode(200);
    as(acme).get(KEY, id).then().statusCode(200);
    asOperator().get(KEY, id).then().statusCode(200);
    as(other).get(KEY, id).then().statusCode(404).body("code", equalTo("key_not_found"));
    as(other).get(KEY + "?owner=" + nested, id).then().statusCode(404);
    as(other).delete(KEY, id).then().statusCode(404);
    as(nested).get(KEYS).then().body("keys.id", contains(id));
    as(acme).get(KEYS).then().body("keys.id", contains(id));
    as(other).get(KEYS).then().body("keys", hasSize(0));
    as(other)
        .get(KEYS + "?owner=" + nested)
        .then()
        .statusCode(403)
        .body("code", equalTo("tenant_mismatch"));
    as(acme).delete(KEY, id).then().statusCode(200);
  }

  @Test
  void keysOfEveryTenantAreSeenByOperatorsOnly() {
    String id = add(asOperator(), "*");

    asOperator()
        .get(KEYS + "?owner=*&limit=1000")
        .then()
        .body("keys.owner", everyItem(equalTo("*")));
    asOperator().get(KEY, id).then().statusCode(200);
    as(acme).get(KEY, id).then().statusCode(404);
    as(acme).delete(KEY, id).then().statusCode(404);
    as(acme).get(KEYS + "?owner=*").then().statusCode(403);
  }

  @Test
  void oneKeyMayHaveSeveralOwnersAndAnIdThenNeedsTheOwner() {
    String key = TestKeys.newPublicKey();
    String id = add(as(acme), key, acme);
    add(as(acme), key, nested);
    add(as(other), key, other);

    as(acme)
        .get(KEY, id)
        .then()
        .statusCode(409)
        .body("code", equalTo("key_ambiguous"))
        .body(
            "detail",
            allOf(containsString(acme), containsString(nested), not(containsString(other))));
    as(acme).delete(KEY, id).then().statusCode(409).body("code", equalTo("key_ambiguous"));
    as(acme).get(KEY + "?owner=" + nested, id).then().body("owner", equalTo(nested));
    as(nested).get(KEY, id).then().body("owner", equalTo(nested));
    as(other).get(KEY, id).then().body("owner", equalTo(other));
  }

  @Test
  void aRemovalSaysWhoStillHasTheKey() {
    String key = TestKeys.newPublicKey();
    String id = add(as(acme), key, acme);
    add(as(acme), key, nested);
    add(as(other), key, other);
    add(asOperator(), key, "*");

    as(nested)
        .delete(KEY, id)
        .then()
        .body("owner", equalTo(nested))
        .body("remaining", containsInAnyOrder(acme, "*"));
    asOperator()
        .delete(KEY + "?owner=*", id)
        .then()
        .body("owner", equalTo("*"))
        .body("remaining", containsInAnyOrder(acme, other));
    as(acme).delete(KEY, id).then().body("remaining", hasSize(0));
    as(other).get(KEY, id).then().statusCode(200);
  }

  @Test
  void theSameOwnerHasAKeyOnlyOnce() {
    String key = TestKeys.newPublicKey();
    add(as(acme), key, acme);

    post(as(acme), upload(key, acme)).statusCode(409).body("code", equalTo("key_exists"));
    post(as(other), upload(key, other)).statusCode(201);
  }

  /** Nobody has two real keys of one SHA-1, so the row of the other one is made up. */
  @Test
  void anotherKeyWithAnOpstraceIdThatExistsIsRefused() {
    String key = TestKeys.newPublicKey();
    String opstraceId =
        post(as(acme), upload(key, acme)).statusCode(201).extract().path("keys[0].opstraceId");
    as(acme).delete(KEY, opstraceId).then().statusCode(200);
    database.execute("DELETE FROM opstrace_id WHERE opstrace_id = '%s'".formatted(opstraceId));
    database.execute(
        "INSERT INTO opstrace_id VALUES ('%s', '%s')".formatted(opstraceId, "A".repeat(43)));

    post(as(acme), upload(key, acme)).statusCode(409).body("code", equalTo("key_id_taken"));
  }

  @Test
  void theNextTenantOfANameInheritsNoKeys() {
    String key = TestKeys.newPublicKey();
    String inherited = add(as(acme), acme);
    add(as(acme), key, acme);
    UUID anew = tenants.register(acme);

    String id = add(as(acme), key, acme);

    as(acme).get(KEYS).then().body("keys.id", contains(id));
    assertThat(FeedReader.state("anchor", AnchorEntry.class))
        .filteredOn(entry -> entry.owner().equals(Reach.parse(acme)))
        .extracting(AnchorEntry::ownerId)
        .containsExactly(Optional.of(anew));
    as(acme).get(KEY, inherited).then().statusCode(404);
  }
}
