package dev.gatehouse.key.revocation;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class RevocationsResourceTest {

  private static final String PATH = "/api/v1/revocations";
  private static final String ONE = PATH + "/{id}";
  private static final String KEY = "WuA0yNynpJZljhkj2_6Uo4yWrlLS9p4Ex2JC_AClGMQ";

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  FakeProvider provider;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  @Inject
  RevocationSweep sweep;

  private String acme;
  private String nested;
  private UUID acmeId;

  @BeforeEach
  void twoTenants() {
    String unique = Long.toString(System.nanoTime(), 36);
    acme = "acme-" + unique;
    nested = acme + ":pay";
    acmeId = tenants.register(acme);
    tenants.register(nested);
  }

  @Test
  void aRevocationIsAnsweredInFullAndToldToTheGateways() {
    JsonPath added =
        post(
                as(acme),
                "{\"jti\":\"a-1\",\"key\":\"%s\",\"expiresAt\":\"2100-01-01T00:00:00Z\",\"reason\":\"lost\"}"
                    .formatted(KEY))
            .statusCode(201)
            .body("owner", equalTo(acme))
            .body("type", equalTo("jti"))
            .body("value", equalTo("a-1"))
            .body("key", equalTo(KEY))
            .body("issuer", nullValue())
            .body("expiresAt", equalTo("2100-01-01T00:00:00Z"))
            .body("vanishesAt", equalTo("2100-01-08T00:00:00Z"))
            .body("reason", equalTo("lost"))
            .body("missing", nullValue())
            .extract()
            .jsonPath();

    RevocationEntry told =
        FeedJson.read(
            FeedReader.at(added.getLong("revision")).content().orElseThrow(),
            RevocationEntry.class);
    assertThat(told.type()).isEqualTo(RevocationEntry.Type.JTI);
    assertThat(told.value()).isEqualTo("a-1");
    assertThat(told.key()).contains(new KeyId(KEY));
    assertThat(told.owner()).isEqualTo(Reach.parse(acme));
    assertThat(told.ownerId()).contains(acmeId);
    as(acme)
        .get(ONE, added.getString("id"))
        .then()
        .statusCode(200)
        .header("ETag", equalTo("\"" + added.getLong("revision") + "\""))
        .body("value", equalTo("a-1"));
  }

  @Test
  void whereItCanBeFoundIsSaid() {
    String id = add(as(acme), tenantOf(acme));
    post(as(acme), tenantOf(acme)).header("Location", endsWith(PATH + "/" + id));
  }

  @Test
  void anIssuerIsMeantByItsNameOrItsAddressAndStoredByItsAddress() {
    String byName = "{\"subject\":\"bob-%s\",\"issuer\":\"default\"}".formatted(acme);
    String byUrl = "{\"subject\":\"bob-%s\",\"issuer\":\"%s\"}".formatted(acme, provider.issuer());

    String id =
        post(as(acme), byName)
            .statusCode(201)
            .body("issuer", equalTo(provider.issuer()))
            .extract()
            .path("id");

    post(as(acme), byUrl).statusCode(201).body("id", equalTo(id));
    post(as(acme), "{\"jti\":\"1\",\"issuer\":\"nobody\"}")
        .statusCode(404)
        .body("code", equalTo("issuer_not_found"));
    post(as(acme), "{\"jti\":\"1\",\"issuer\":\"ftp://x\"}")
        .statusCode(400)
        .body("code", equalTo("field_invalid"));
    post(as(acme), "{\"issuer\":\"default\",\"notBefore\":\"%s\"}".formatted(Instant.now()))
        .statusCode(201)
        .body("type", equalTo("issuer"))
        .body("value", equalTo(provider.issuer()));
  }

  @Test
  void aKeyIsMeantByEitherIdAndNeedNotBeOnesOwn() {
    String pem =
        asOperator()
            .body(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("key", TestKeys.newPublicKey())
                    .put("owner", "*")
                    .toString())
            .post("/api/v1/keys")
            .then()
            .statusCode(201)
            .extract()
            .asString();
    JsonPath key = new JsonPath(pem);

    post(as(acme), "{\"jti\":\"1\",\"key\":\"%s\"}".formatted(key.getString("keys[0].opstraceId")))
        .statusCode(201)
        .body("key", equalTo(key.getString("keys[0].id")));
    post(as(acme), "{\"jti\":\"1\",\"key\":\"%s\"}".formatted("0".repeat(40)))
        .statusCode(404)
        .body("code", equalTo("key_not_found"));
    post(as(acme), "{\"jti\":\"1\",\"key\":\"short\"}")
        .statusCode(400)
        .body("code", equalTo("key_id_invalid"));
  }

  @Test
  void theSameAgainIsTheSameObjectAndNoChange() {
    String id = add(as(acme), tenantOf(acme));
    long head = FeedReader.head();

    String again = add(as(acme), tenantOf(acme));

    assertThat(again).isEqualTo(id);
    assertThat(FeedReader.head()).isEqualTo(head);
  }

  @Test
  void twentyAtOnceMakeOne() {
    long before = FeedReader.head();
    List<CompletableFuture<String>> writers =
        IntStream.range(0, 20).mapToObj(i -> later(() -> add(as(acme), tenantOf(acme)))).toList();

    assertThat(writers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(FeedReader.head()).isEqualTo(before + 1);
  }

  @Test
  void aKeyOfIdempotencyIsForOneBody() {
    String key = "retry-" + acme;
    String id = post(as(acme).header("Idempotency-Key", key), tenantOf(acme)).extract().path("id");

    post(as(acme).header("Idempotency-Key", key), tenantOf(acme))
        .statusCode(201)
        .body("id", equalTo(id));
    post(as(acme).header("Idempotency-Key", key), tenantOf(nested))
        .statusCode(409)
        .body("code", equalTo("idempotency_key_reused"));
  }

  @Test
  void theListComesInPagesOldestFirst() {
    String first = add(as(acme), tenantOf(acme));
    String second = add(as(acme), tenantOf(nested));
    String third = add(as(acme), "{\"jti\":\"1\",\"key\":\"%s\"}".formatted(KEY));

    JsonPath page = as(acme).get(PATH + "?limit=2").jsonPath();

    assertThat(page.getList("revocations.id", String.class)).containsExactly(first, second);
    as(acme)
        .get(PATH + "?limit=2&cursor=" + page.getString("next"))
        .then()
        .body("revocations.id", contains(third))
        .body("next", nullValue());
    as(acme).get(PATH + "?type=jti").then().body("revocations.id", contains(third));
    as(acme).get(PATH + "?type=thing").then().statusCode(400);
    as(acme).get(PATH + "?cursor=YQ").then().statusCode(400);
  }

  @Test
  void aRevocationThatIsTakenBackLeavesATombstone() {
    String id = add(as(acme), tenantOf(acme));

    as(acme).header("If-Match", "\"1000000\"").delete(ONE, id).then().statusCode(412);
    long revision =
        as(acme)
            .delete(ONE, id)
            .then()
            .statusCode(200)
            .body("id", equalTo(id))
            .body("owner", equalTo(acme))
            .extract()
            .jsonPath()
            .getLong("revision");

    assertThat(FeedReader.at(revision).isRemoval()).isTrue();
    as(acme).get(ONE, id).then().statusCode(404);
    as(acme).delete(ONE, id).then().statusCode(404);
    as(acme).get(ONE, "x").then().statusCode(404);
  }

  @Test
  void whoseTokensArePastVanishesByItself() {
    String past =
        add(as(acme), "{\"tenant\":\"%s\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}".formatted(acme));
    String stays = add(as(acme), tenantOf(acme));
    database.execute(
        "UPDATE revocation SET vanishes_at = now() - interval '1 second' WHERE id = '"
            + past
            + "'");

    sweep.sweep().await().atMost(Duration.ofSeconds(20));

    as(acme).get(PATH).then().body("revocations.id", contains(stays));
    assertThat(FeedReader.at(FeedReader.head()).isRemoval()).isTrue();
    assertThat(
            database.query(
                "SELECT count(*) FROM audit WHERE action = 'revocation.vanish' AND tenant = '"
                    + acme
                    + "'"))
        .isEqualTo("1");
  }

  @Test
  void everyWriteIsInTheAudit() {
    String id = add(as(acme), tenantOf(acme));
    as(acme).delete(ONE, id).then().statusCode(200);

    assertThat(
            database.query(
                "SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit WHERE tenant = '"
                    + acme
                    + "'"))
        .isEqualTo("revocation.create revocation.remove");
  }

  @Test
  void aTokenIsRefusedAndNoByteOfItKept() {
    String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhY21lIn0.c2lnbmF0dXJl";

    post(as(acme), "{\"jti\":\"%s\",\"issuer\":\"default\"}".formatted(token))
        .statusCode(400)
        .body("code", equalTo("field_invalid"))
        .body("detail", not(containsString("eyJ")));

    assertThat(database.query("SELECT count(*) FROM audit WHERE content LIKE '%eyJhbGciOiJSUzI1%'"))
        .isEqualTo("0");
  }

  @Test
  void aWriteThatWaitsNamesTheGatewayThatIsSilent() {
    String watcher = "silent-" + UUID.randomUUID();
    asOperator()
        .get("/internal/v1/changes?wait=0s&name=gateway-r&watcher=" + watcher)
        .then()
        .statusCode(200);

    as(acme)
        .body(tenantOf(acme))
        .post(PATH + "?wait=100ms")
        .then()
        .statusCode(202)
        .body("missing", contains("gateway-r"));

    asOperator().delete("/internal/v1/watchers/" + watcher).then().statusCode(204);
  }

  private static String tenantOf(String tenant) {
    return "{\"tenant\":\"%s\"}".formatted(tenant);
  }

  private static String add(RequestSpecification caller, String body) {
    return post(caller, body).statusCode(201).extract().path("id");
  }

  private static ValidatableResponse post(RequestSpecification caller, String body) {
    return caller.body(body).post(PATH).then();
  }
}
