package dev.gatehouse.key.anchor;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.key.anchor.KeyCalls.KEY;
import static dev.gatehouse.key.anchor.KeyCalls.KEYS;
import static dev.gatehouse.key.anchor.KeyCalls.add;
import static dev.gatehouse.key.anchor.KeyCalls.post;
import static dev.gatehouse.key.anchor.KeyCalls.upload;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class PersonalKeysTest {

  private static final String MEMBER = "keys:write *:read *:write";
  private static final String USER = "/api/v1/users/{issuer}/{username}";

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private String acme;
  private String other;
  private UUID issuer;

  @BeforeEach
  void twoTenantsAndAnIssuer() {
    String unique = Long.toString(System.nanoTime(), 36);
    acme = "acme-" + unique;
    other = "other-" + unique;
    List.of(acme, other).forEach(tenants::register);
    issuer = UUID.fromString(database.query("SELECT id FROM issuer WHERE name = 'default'"));
  }

  @Test
  void aPersonalKeySaysWhoseItIs() {
    post(alice(), personal(acme))
        .statusCode(201)
        .body("keys[0].personal.username", equalTo("alice"))
        .body("keys[0].personal.issuer", equalTo(issuer.toString()))
        .body("keys[0].scopes", contains("*:read", "*:write"));
    post(alice(), upload(TestKeys.newPublicKey(), acme))
        .statusCode(201)
        .body("keys[0].personal", nullValue());
  }

  @Test
  void onlyALoggedInUserHasOne() {
    post(as(acme), personal(acme))
        .statusCode(400)
        .body("code", equalTo("field_invalid"))
        .body("detail", containsString("logged-in user"));
    post(as(acme).header(Caller.USERNAME_HEADER, "alice"), personal(acme))
        .statusCode(400)
        .body("code", equalTo("field_invalid"));
  }

  @Test
  void itIsOfTheUsersOwnTenantAndForDataOnly() {
    tenants.register(acme + ":pay");
    post(alice(), personal(acme + ":pay")).statusCode(400);
    post(user(as("*"), "root"), personal("*")).statusCode(400);
    post(user(as("*"), "root"), personal(acme)).statusCode(400);
    ObjectNode management = personal(acme);
    management.putArray("scopes").add("keys:write");
    post(alice(), management).statusCode(400).body("detail", containsString("data only"));

    String id = post(alice(), personal(acme)).extract().path("keys[0].id");

    alice().body("{\"scopes\":[\"keys:write\"]}").patch(KEY, id).then().statusCode(400);
    alice().body("{\"scopes\":[\"loki:read\"]}").patch(KEY, id).then().statusCode(200);
  }

  @Test
  void itIsSeenByItsUserAndByWhoHoldsKeysAll() {
    String id = post(alice(), personal(acme)).extract().path("keys[0].id");
    String shared = add(as(acme), acme);

    alice().get(KEY, id).then().statusCode(200);
    as(acme, "keys:read keys:all").get(KEY, id).then().statusCode(200);
    for (RequestSpecification stranger :
        List.of(bob(), as(acme, MEMBER), user(as(other), "alice"))) {
      stranger.get(KEY, id).then().statusCode(404).body("code", equalTo("key_not_found"));
    }
    bob().delete(KEY, id).then().statusCode(404);
    bob().body("{}").patch(KEY, id).then().statusCode(404);
    bob().get(KEYS).then().body("keys.id", contains(shared));
    alice().get(KEYS).then().body("keys", hasSize(2));
    as(acme, "keys:read keys:all").get(KEYS).then().body("keys", hasSize(2));
    as(acme, "keys:read").get(KEYS).then().body("keys.id", contains(shared));
    alice().delete(KEY, id).then().statusCode(200);
  }

  @Test
  void theSameNameAtAnotherIssuerIsSomebodyElse() {
    String id = post(alice(), personal(acme)).extract().path("keys[0].id");

    as(acme, MEMBER)
        .header(Caller.ISSUER_HEADER, UUID.randomUUID())
        .header(Caller.USERNAME_HEADER, "alice")
        .get(KEY, id)
        .then()
        .statusCode(404);
  }

  @Test
  void aUserWhoLeavesTakesThePersonalKeysAlong() {
    String one = post(alice(), personal(acme)).extract().path("keys[0].id");
    String two = post(alice(), personal(acme)).extract().path("keys[0].id");
    String bobs = post(bob(), personal(acme)).extract().path("keys[0].id");

    as(acme)
        .delete(USER, "default", "alice")
        .then()
        .statusCode(200)
        .body("issuer", equalTo("default"))
        .body("username", equalTo("alice"))
        .body("removedKeys", hasSize(2));

    as(acme).get(KEY, one).then().statusCode(404);
    as(acme).get(KEY, two).then().statusCode(404);
    as(acme).get(KEY, bobs).then().statusCode(200);
    as(acme)
        .delete(USER, issuer, "alice")
        .then()
        .statusCode(200)
        .body("removedKeys", hasSize(0))
        .body("revision", nullValue());
  }

  @Test
  void onlyWithinOnesReachAndWithKeysAll() {
    String id = post(alice(), personal(acme)).extract().path("keys[0].id");

    as(acme, MEMBER)
        .delete(USER, "default", "alice")
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    as(other)
        .delete(USER, "default", "alice")
        .then()
        .statusCode(200)
        .body("removedKeys", hasSize(0));
    as(acme)
        .delete(USER, "nobody", "alice")
        .then()
        .statusCode(404)
        .body("code", equalTo("issuer_not_found"));
    as(acme).delete(USER, "default", "*").then().statusCode(400);
    asOperator().get(KEY, id).then().statusCode(200);
  }

  private ObjectNode personal(String owner) {
    return upload(TestKeys.newPublicKey(), owner).put("personal", true);
  }

  private RequestSpecification alice() {
    return user(as(acme, MEMBER), "alice");
  }

  private RequestSpecification bob() {
    return user(as(acme, MEMBER), "bob");
  }

  private RequestSpecification user(RequestSpecification caller, String name) {
    return caller.header(Caller.ISSUER_HEADER, issuer).header(Caller.USERNAME_HEADER, name);
  }
}
