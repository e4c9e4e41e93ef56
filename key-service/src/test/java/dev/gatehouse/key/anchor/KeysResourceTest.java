package dev.gatehouse.key.anchor;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.key.anchor.KeyCalls.KEY;
import static dev.gatehouse.key.anchor.KeyCalls.KEYS;
import static dev.gatehouse.key.anchor.KeyCalls.add;
import static dev.gatehouse.key.anchor.KeyCalls.post;
import static dev.gatehouse.key.anchor.KeyCalls.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class KeysResourceTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  private String acme;
  private UUID acmeId;

  @BeforeEach
  void anOwnerOfItsOwn() {
    acme = "acme-" + Long.toString(System.nanoTime(), 36);
    acmeId = tenants.register(acme);
  }

  @Test
  void anAddedKeyIsAnsweredInFullAndToldToTheGateways() {
    ObjectNode upload =
        upload(TestKeys.publicKey("rsa-2048"), acme)
            .put("description", "CI")
            .put("expiresAt", "2100-01-01T00:00:00Z")
            .put("maxTokenLifetime", 3600);
    upload.putArray("scopes").add("loki:read");

    JsonPath added =
        post(as(acme), upload)
            .statusCode(201)
            .header(
                "Location", endsWith("/api/v1/keys/WuA0yNynpJZljhkj2_6Uo4yWrlLS9p4Ex2JC_AClGMQ"))
            .body("keys", hasSize(1))
            .body("keys[0].id", equalTo("WuA0yNynpJZljhkj2_6Uo4yWrlLS9p4Ex2JC_AClGMQ"))
            .body("keys[0].opstraceId", equalTo("327e5b86ae36af4ad83009a7b0c0edf86815da6a"))
            .body("keys[0].owner", equalTo(acme))
            .body("keys[0].scopes", contains("loki:read"))
            .body("keys[0].algorithm", equalTo("RSA"))
            .body("keys[0].size", equalTo(2048))
            .body("keys[0].curve", nullValue())
            .body("keys[0].description", equalTo("CI"))
            .body("keys[0].expiresAt", equalTo("2100-01-01T00:00:00Z"))
            .body("keys[0].maxTokenLifetime", equalTo(3600))
            .body("missing", nullValue())
            .extract()
            .jsonPath();

    long revision = added.getLong("revision");
    AnchorEntry told = entry(FeedReader.at(revision));
    assertThat(added.getLong("keys[0].revision")).isEqualTo(revision);
    assertThat(told.keyId()).isEqualTo(new KeyId("WuA0yNynpJZljhkj2_6Uo4yWrlLS9p4Ex2JC_AClGMQ"));
    assertThat(told.opstraceId().value()).isEqualTo("327e5b86ae36af4ad83009a7b0c0edf86815da6a");
    assertThat(TestKeys.publicKey("rsa-2048").replaceAll("-----.*-----|\n", ""))
        .isEqualTo(told.spki());
    assertThat(told.owner()).isEqualTo(Reach.parse(acme));
    assertThat(told.ownerId()).contains(acmeId);
    assertThat(told.scopes()).isEqualTo(Set.of(new Scope("loki:read")));
    assertThat(told.expiresAt()).contains(Instant.parse("2100-01-01T00:00:00Z").getEpochSecond());
    assertThat(told.maxTokenLifetime()).contains(3600L);
    assertThat(told.tokensNotBefore()).isEmpty();
  }

  @Test
  void anAddedKeyIsShownByBothItsIdsWithItsRevisionAsTag() {
    JsonPath added =
        post(as(acme), upload(TestKeys.newPublicKey(), acme)).statusCode(201).extract().jsonPath();

    for (String id : List.of("id", "opstraceId")) {
      as(acme)
          .get(KEY, added.getString("keys[0]." + id))
          .then()
          .statusCode(200)
          .header("ETag", "\"" + added.getLong("revision") + "\"")
          .body("id", equalTo(added.getString("keys[0].id")))
          .body("algorithm", equalTo("EC"))
          .body("curve", equalTo("P-256"))
          .body("scopes", contains("*:read", "*:write"))
          .body("expiresAt", nullValue());
    }
  }

  @Test
  void severalKeysAreAddedTogetherInTheirOrder() {
    String first = TestKeys.newPublicKey();
    String second = TestKeys.newPublicKey();
    long before = FeedReader.head();

    JsonPath added =
        post(as(acme), upload(first + second, acme)).statusCode(201).extract().jsonPath();

    assertThat(added.getList("keys.revision", Long.class)).containsExactly(before + 1, before + 2);
    assertThat(entry(FeedReader.at(before + 1)).keyId().value())
        .isEqualTo(added.getString("keys[0].id"));
    assertThat(entry(FeedReader.at(before + 2)).keyId().value())
        .isEqualTo(added.getString("keys[1].id"));
  }

  @Test
  void oneKeyThatExistsRefusesThemAll() {
    String known = TestKeys.newPublicKey();
    add(as(acme), known, acme);
    long before = FeedReader.head();

    post(as(acme), upload(TestKeys.newPublicKey() + known, acme))
        .statusCode(409)
        .body("code", equalTo("key_exists"));

    assertThat(FeedReader.head()).isEqualTo(before);
    as(acme).get(KEYS).then().body("keys", hasSize(1));
  }

  @Test
  void aJwkIsAcceptedAsObjectAndAsText() {
    String jwk =
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    as(acme)
        .body("{\"owner\":\"" + acme + "\",\"key\":" + jwk + "}")
        .post(KEYS)
        .then()
        .statusCode(201)
        .body("keys[0].id", equalTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"))
        .body("keys[0].algorithm", equalTo("Ed25519"))
        .body("keys[0].size", nullValue());
    post(as(acme), upload(jwk, acme)).statusCode(409).body("code", equalTo("key_exists"));
  }

  @Test
  void aRemovedKeyIsGoneAndLeavesATombstone() {
    String id = add(as(acme), acme);

    JsonPath removed =
        as(acme)
            .delete(KEY, id)
            .then()
            .statusCode(200)
            .body("id", equalTo(id))
            .body("owner", equalTo(acme))
            .body("remaining", hasSize(0))
            .extract()
            .jsonPath();

    assertThat(FeedReader.at(removed.getLong("revision")).isRemoval()).isTrue();
    as(acme).get(KEY, id).then().statusCode(404).body("code", equalTo("key_not_found"));
    as(acme).delete(KEY, id).then().statusCode(404).body("code", equalTo("key_not_found"));
  }

  @Test
  void aRemovedKeyCanBeAddedAgain() {
    String key = TestKeys.newPublicKey();
    as(acme).delete(KEY, add(as(acme), key, acme)).then().statusCode(200);

    post(as(acme), upload(key, acme)).statusCode(201);
  }

  @Test
  void aRemovalThatWasMeantForAnotherStateIsRefused() {
    JsonPath added = post(as(acme), upload(TestKeys.newPublicKey(), acme)).extract().jsonPath();
    String id = added.getString("keys[0].id");

    as(acme)
        .header("If-Match", "\"1000000\"")
        .delete(KEY, id)
        .then()
        .statusCode(412)
        .body("code", equalTo("revision_mismatch"));
    as(acme)
        .header("If-Match", "\"" + added.getLong("revision") + "\"")
        .delete(KEY, id)
        .then()
        .statusCode(200);
  }

  @Test
  void theListComesInPagesSortedByOwnerAndKey() {
    String nested = acme + ":pay";
    tenants.register(nested);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      expected.add(add(as(acme), acme));
    }
    expected.sort(null);
    expected.add(add(as(acme), nested));

    JsonPath first = as(acme).get(KEYS + "?limit=2").jsonPath();
    JsonPath second = as(acme).get(KEYS + "?limit=2&cursor=" + first.get("next")).jsonPath();

    List<String> found = new ArrayList<>(first.getList("keys.id", String.class));
    found.addAll(second.getList("keys.id", String.class));
    assertThat(found).isEqualTo(expected);
    assertThat(second.getString("next")).isNull();
    as(acme).get(KEYS + "?owner=" + nested).then().body("keys.id", contains(expected.get(3)));
  }

  @Test
  void whatTheListCannotMeanIsRefused() {
    as(acme).get(KEYS + "?limit=0").then().statusCode(400).body("code", equalTo("field_invalid"));
    as(acme).get(KEYS + "?cursor=!").then().statusCode(400).body("code", equalTo("cursor_invalid"));
    as(acme)
        .get(KEYS + "?cursor=YQ")
        .then()
        .statusCode(400)
        .body("code", equalTo("cursor_invalid"));
  }

  @Test
  void aWriteThatWaitsWithoutAnyGatewayIsDoneAtOnce() {
    as(acme)
        .body(upload(TestKeys.newPublicKey(), acme).toString())
        .post(KEYS + "?wait=10s")
        .then()
        .statusCode(201)
        .body("missing", nullValue());
  }

  @Test
  void aWriteThatWaitsNamesTheGatewayThatIsSilent() {
    String watcher = "silent-" + UUID.randomUUID();
    asOperator()
        .get("/internal/v1/changes?wait=0s&name=gateway-1&watcher=" + watcher)
        .then()
        .statusCode(200);

    String id =
        as(acme)
            .body(upload(TestKeys.newPublicKey(), acme).toString())
            .post(KEYS + "?wait=100ms")
            .then()
            .statusCode(202)
            .body("missing", contains("gateway-1"))
            .extract()
            .path("keys[0].id");
    as(acme)
        .delete(KEY + "?wait=100ms", id)
        .then()
        .statusCode(202)
        .body("missing", contains("gateway-1"));
    asOperator().delete("/internal/v1/watchers/" + watcher).then().statusCode(204);
    as(acme).delete(KEY + "?wait=10s", add(as(acme), acme)).then().statusCode(200);
  }

  @Test
  void whatIsNoIdOfAKeyIsNotFound() {
    as(acme).get(KEY, "x").then().statusCode(404).body("code", equalTo("key_not_found"));
    as(acme).delete(KEY, "A".repeat(44)).then().statusCode(404);
  }

  @Test
  void anotherMediaTypeIsRefused() {
    as(acme)
        .contentType(ContentType.TEXT)
        .body(TestKeys.newPublicKey())
        .post(KEYS)
        .then()
        .statusCode(415);
    as(acme)
        .body(TestKeys.newPublicKey())
        .post(KEYS)
        .then()
        .statusCode(400)
        .body("code", equalTo("request_malformed"))
        .body("detail", containsString("not a JSON object"));
  }

  private static AnchorEntry entry(Change change) {
    assertThat(change.kind()).isEqualTo("anchor");
    return FeedJson.read(change.content().orElseThrow(), AnchorEntry.class);
  }
}
