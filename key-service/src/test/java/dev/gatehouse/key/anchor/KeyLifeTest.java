package dev.gatehouse.key.anchor;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.key.anchor.KeyCalls.KEY;
import static dev.gatehouse.key.anchor.KeyCalls.KEYS;
import static dev.gatehouse.key.anchor.KeyCalls.add;
import static dev.gatehouse.key.anchor.KeyCalls.post;
import static dev.gatehouse.key.anchor.KeyCalls.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a key between its coming and its going. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class KeyLifeTest {

  private static final String NOT_BEFORE = KEY + "/not-before";

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private String acme;
  private String other;

  @BeforeEach
  void twoTenants() {
    String unique = Long.toString(System.nanoTime(), 36);
    acme = "acme-" + unique;
    other = "other-" + unique;
    List.of(acme, other).forEach(tenants::register);
  }

  @Test
  void aKeyIsShownInTheFormInWhichToolsReadIt() {
    String pem = TestKeys.publicKey("rsa-2048").strip();

    post(as(acme), upload(pem, acme)).body("keys[0].publicKey", equalTo(pem));
  }

  @Test
  void aPatchChangesWhatItNamesAndTakesAwayWhatIsNull() {
    String id =
        post(
                as(acme),
                upload(TestKeys.newPublicKey(), acme)
                    .put("description", "old")
                    .put("maxTokenLifetime", 60))
            .extract()
            .path("keys[0].id");

    JsonPath changed =
        as(acme)
            .body(
                "{\"description\":\"new\",\"maxTokenLifetime\":null,"
                    + "\"expiresAt\":\"2100-01-01T00:00:00Z\",\"scopes\":[\"loki:read\"]}")
            .patch(KEY, id)
            .then()
            .statusCode(200)
            .body("description", equalTo("new"))
            .body("maxTokenLifetime", nullValue())
            .body("expiresAt", equalTo("2100-01-01T00:00:00Z"))
            .body("scopes", contains("loki:read"))
            .extract()
            .jsonPath();

    AnchorEntry told = told(changed.getLong("revision"));
    assertThat(told.expiresAt()).isPresent();
    assertThat(told.maxTokenLifetime()).isEmpty();
    assertThat(told.scopes()).hasSize(1);
    as(acme)
        .contentType("application/merge-patch+json")
        .body("{\"description\":null}")
        .patch(KEY, id)
        .then()
        .statusCode(200)
        .body("description", nullValue())
        .body("scopes", contains("loki:read"));
  }

  @Test
  void aPatchThatChangesNothingTellsNobody() {
    String id = add(as(acme), acme);
    long head = FeedReader.head();

    as(acme).body("{}").patch(KEY, id).then().statusCode(200);
    as(acme).body("{\"description\":null}").patch(KEY, id).then().statusCode(200);

    assertThat(FeedReader.head()).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"description\":\"\"}",
        "{\"description\":7}",
        "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
        "{\"expiresAt\":\"soon\"}",
        "{\"maxTokenLifetime\":0}",
        "{\"scopes\":null}",
        "{\"scopes\":[]}",
        "{\"owner\":\"acme\"}",
        "{\"personal\":true}",
      })
  void whatCannotBeIsRefused(String patch) {
    String id = add(as(acme), acme);

    as(acme)
        .body(patch)
        .patch(KEY, id)
        .then()
        .statusCode(400)
        .body("code", equalTo("field_invalid"));
  }

  @Test
  void aPrivateKeyInAPatchIsRefusedAsSuch() {
    String pem = TestKeys.pem("PRIVATE KEY", TestKeys.ec().getPrivate().getEncoded());

    as(acme)
        .body("{\"description\":\"%s\"}".formatted(pem.replace("\n", "\\n")))
        .patch(KEY, add(as(acme), acme))
        .then()
        .statusCode(400)
        .body("code", equalTo("private_key_refused"));
  }

  @Test
  void nobodyGrantsInAPatchWhatTheyLackButWhatTheKeyHasMayStay() {
    String id = add(as(acme), acme); // *:read *:write

    as(acme, "keys:write loki:read")
        .body("{\"scopes\":[\"*:read\"]}")
        .patch(KEY, id)
        .then()
        .statusCode(200);
    as(acme, "keys:write loki:read")
        .body("{\"scopes\":[\"*:read\",\"loki:write\"]}")
        .patch(KEY, id)
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
  }

  @Test
  void aKeyOfOthersIsNotThereToBeChanged() {
    String id = add(as(acme), acme);

    for (String path : List.of(KEY, NOT_BEFORE)) {
      boolean patch = path.equals(KEY);
      var foreign = as(other).body("{}");
      (patch ? foreign.patch(path, id) : foreign.post(path, id))
          .then()
          .statusCode(404)
          .body("code", equalTo("key_not_found"));
      var reader = as(acme, "keys:read").body("{}");
      (patch ? reader.patch(path, id) : reader.post(path, id))
          .then()
          .statusCode(403)
          .body("code", equalTo("scope_insufficient"));
    }
  }

  @Test
  void twoWhoChangeTheSameStateDoNotOverwriteEachOther() {
    String id = add(as(acme), acme);
    String tag = as(acme).get(KEY, id).header("ETag");

    as(acme)
        .header("If-Match", tag)
        .body("{\"description\":\"first\"}")
        .patch(KEY, id)
        .then()
        .statusCode(200);
    as(acme)
        .header("If-Match", tag)
        .body("{\"description\":\"second\"}")
        .patch(KEY, id)
        .then()
        .statusCode(412);

    as(acme).get(KEY, id).then().body("description", equalTo("first"));
  }

  @Test
  void notBeforeRefusesWhatWasIssuedUntilNowAndNeverGoesBack() {
    String id = add(as(acme), acme);
    Instant now = Instant.now();

    JsonPath changed = as(acme).post(NOT_BEFORE, id).then().statusCode(200).extract().jsonPath();

    Instant notBefore = Instant.parse(changed.getString("tokensNotBefore"));
    assertThat(notBefore).isAfter(now).isBefore(now.plusSeconds(30));
    assertThat(told(changed.getLong("revision")).tokensNotBefore())
        .contains(notBefore.getEpochSecond());
    as(acme)
        .body("{\"at\":\"%s\"}".formatted(notBefore))
        .post(NOT_BEFORE, id)
        .then()
        .statusCode(200)
        .body("revision", equalTo((int) changed.getLong("revision")));
    as(acme)
        .body("{\"at\":\"%s\"}".formatted(notBefore.minusSeconds(1)))
        .post(NOT_BEFORE, id)
        .then()
        .statusCode(400)
        .body("code", equalTo("field_invalid"));
    as(acme)
        .body("{\"at\":\"%s\"}".formatted(now.plusSeconds(600)))
        .post(NOT_BEFORE, id)
        .then()
        .statusCode(400);
  }

  @Test
  void forRotationTwoKeysAreValidAtOnceUntilTheOldOneGoes() {
    String old = add(as(acme), acme);
    String next = add(as(acme), acme);
    as(acme)
        .body("{\"expiresAt\":\"%s\"}".formatted(Instant.now().plus(1, ChronoUnit.HOURS)))
        .patch(KEY, old)
        .then()
        .statusCode(200);

    assertThat(FeedReader.state("anchor", AnchorEntry.class))
        .extracting(entry -> entry.keyId().value())
        .contains(old, next);

    as(acme).delete(KEY, old).then().statusCode(200);

    as(acme).get(KEYS).then().body("keys.id", contains(next));
  }

  @Test
  void everyWriteIsInTheAudit() {
    String id = add(as(acme), acme);
    as(acme).body("{\"description\":\"x\"}").patch(KEY, id).then().statusCode(200);
    as(acme).post(NOT_BEFORE, id).then().statusCode(200);
    as(acme).delete(KEY, id).then().statusCode(200);

    assertThat(
            database.query(
                "SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit WHERE tenant = '"
                    + acme
                    + "'"))
        .isEqualTo("key.create key.change key.not-before key.remove");
  }

  @Test
  void anUploadIsRepeatable() {
    String body = upload(TestKeys.newPublicKey(), acme).toString();
    JsonPath first = as(acme).header("Idempotency-Key", "a").body(body).post(KEYS).jsonPath();

    as(acme)
        .header("Idempotency-Key", "a")
        .body(body)
        .post(KEYS)
        .then()
        .statusCode(201)
        .body("keys[0].id", equalTo(first.getString("keys[0].id")))
        .body("revision", equalTo(first.getInt("revision")));
    as(acme).body(body).post(KEYS).then().statusCode(409).body("code", equalTo("key_exists"));
    as(acme)
        .header("Idempotency-Key", "a")
        .body(upload(TestKeys.newPublicKey(), acme).toString())
        .post(KEYS)
        .then()
        .statusCode(409)
        .body("code", equalTo("idempotency_key_reused"));
    as(acme).get(KEYS).then().body("keys", hasSize(1));
  }

  private static AnchorEntry told(long revision) {
    return FeedJson.read(FeedReader.at(revision).content().orElseThrow(), AnchorEntry.class);
  }
}
