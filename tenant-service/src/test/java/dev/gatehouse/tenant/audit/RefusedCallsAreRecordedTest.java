package dev.gatehouse.tenant.audit;

import static dev.gatehouse.common.testing.TestCalls.API_KEY;
import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class RefusedCallsAreRecordedTest {

  TestDatabase database;

  /** One of its own for each test, as the number of refusals of one tenant is bounded. */
  private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 12);

  @BeforeEach
  void theServiceIsThere() {
    untilReady();
  }

  @Test
  void aForbiddenCallIsRecorded() {
    Response refused =
        as(tenant, "tenants:read")
            .header(Caller.USERNAME_HEADER, "alice")
            .header(Caller.CLIENT_HEADER, "198.51.100.9")
            .body("{\"name\":\"" + tenant + ":pay\"}")
            .post("/api/v1/tenants?wait=1s");

    refused.then().statusCode(403);
    recorded(1)
        .body("entries[0].outcome", equalTo("refused"))
        .body("entries[0].code", equalTo("scope_insufficient"))
        .body("entries[0].tenant", equalTo(tenant))
        .body("entries[0].action", equalTo("POST"))
        .body("entries[0].resource", equalTo("/api/v1/tenants"))
        .body("entries[0].actor.tenant", equalTo(tenant))
        .body("entries[0].actor.username", equalTo("alice"))
        .body("entries[0].client", equalTo("198.51.100.9"))
        .body("entries[0].requestId", equalTo(refused.header("X-Request-Id")))
        .body("entries[0].before", nullValue())
        .body("entries[0].after", nullValue());
  }

  @Test
  void anAttemptToChangeWhatIsHiddenLooksLikeOneToChangeNothing() {
    String foreign = "f" + UUID.randomUUID().toString().substring(0, 12);
    asOperator()
        .body("{\"name\":\"" + foreign + "\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);

    as(tenant).delete("/api/v1/tenants/" + foreign).then().statusCode(404);
    as(tenant).delete("/api/v1/tenants/not-there").then().statusCode(404);

    recorded(2)
        .body("entries[0].code", equalTo("tenant_unknown"))
        .body("entries[1].code", equalTo("tenant_unknown"));
  }

  @Test
  void lookingForWhatIsNotThereIsNotRecorded() {
    as(tenant).get("/api/v1/tenants/not-there").then().statusCode(404);
    as(tenant).get("/api/v1/nothing").then().statusCode(404);
    as(tenant).body("{").post("/api/v1/tenants").then().statusCode(400);
    as(tenant).get("/internal/v1/changes?wait=0s&watcher=x").then().statusCode(403);

    as(tenant).delete("/api/v1/tenants/not-there").then().statusCode(404);

    recorded(1).body("entries[0].action", equalTo("DELETE"));
  }

  @Test
  void aTenantCannotFillTheLogByBeingRefused() {
    String other = "o" + UUID.randomUUID().toString().substring(0, 12);
    for (int i = 0; i < 100; i++) {
      as(tenant, "").get("/api/v1/tenants").then().statusCode(403);
    }
    as(other, "").get("/api/v1/tenants").then().statusCode(403);

    await().until(() -> refusals(other) == 1);
    assertThat(refusals(tenant)).isBetween(60, 75);
  }

  @Test
  void theLogWithRefusalsIsIntact() {
    int before = Integer.parseInt(database.query("SELECT sequence FROM audit_head"));
    for (int i = 0; i < 20; i++) {
      as(tenant, "").get("/api/v1/tenants").then().statusCode(403);
    }

    recorded(20);
    asOperator()
        .get("/api/v1/audit/verify")
        .then()
        .body("intact", equalTo(true))
        .body("to", equalTo(before + 20));
  }

  @Test
  void secretsInThePathAreNotRecorded() {
    as(tenant, "")
        .delete("/api/v1/tenants/eyJhbGciOiJSUzI1NiJ9.planted.sig")
        .then()
        .statusCode(400);
    as(tenant, "")
        .delete("/api/v1/gateways/eyJhbGciOiJSUzI1NiJ9.planted.sig")
        .then()
        .statusCode(403);

    recorded(1).body("entries[0].resource", equalTo("/api/v1/gateways/(secret)"));
    assertThat(database.query("SELECT string_agg(content, ' ') FROM audit"))
        .doesNotContain("planted")
        .doesNotContain(API_KEY);
  }

  @Test
  void gatewaysReportWhatTheyHaveRefused() {
    report(refusal("\"tenant\":\"" + tenant + "\"")).statusCode(204);

    recorded(1)
        .body("entries[0].outcome", equalTo("refused"))
        .body("entries[0].code", equalTo("tenant_suspended"))
        .body("entries[0].action", equalTo("DELETE"))
        .body("entries[0].resource", equalTo("/api/v1/tenants/acme"))
        .body("entries[0].actor.username", equalTo("alice"))
        .body("entries[0].actor.means", equalTo("oidc"))
        .body("entries[0].requestId", equalTo("0123456789abcdef"));
  }

  @Test
  void onlyGatewaysReport() {
    as(tenant)
        .body("{\"entries\":[]}")
        .post("/internal/v1/audit/refusals")
        .then()
        .statusCode(403)
        .body("code", equalTo("not_allowed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tenant\":\"No Tenant\"",
        "\"tenant\":\"acme\",\"action\":\"delete everything\"",
        "\"tenant\":\"acme\",\"requestId\":\"a b\"",
        "\"tenant\":\"acme\",\"client\":\"<script>\"",
        "\"tenant\":\"acme\",\"code\":\"Forbidden!\"",
        "\"tenant\":\"acme\",\"resource\":\"no path\"",
        "\"tenant\":null",
      })
  void aReportThatIsWrongIsRefused(String field) {
    report(refusal(field)).statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"entries\":null}", "{\"entries\":[null]}", "[]"})
  void aReportThatIsNoneIsRefused(String body) {
    report(body).statusCode(400);
  }

  private ValidatableResponse recorded(int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> refusals(tenant) >= count);
    assertThat(refusals(tenant)).isEqualTo(count);
    return asOperator().get("/api/v1/audit?outcome=refused&tenant=" + tenant).then();
  }

  private static int refusals(String tenant) {
    return asOperator()
        .get("/api/v1/audit?limit=1000&outcome=refused&tenant=" + tenant)
        .jsonPath()
        .getList("entries")
        .size();
  }

  private static ValidatableResponse report(String body) {
    return asOperator().body(body).post("/internal/v1/audit/refusals").then();
  }

  /** A report in which {@code fields} stand for those of the same name. */
  private static String refusal(String fields) {
    StringBuilder entry = new StringBuilder(fields);
    add(entry, "action", "\"DELETE\"");
    add(entry, "resource", "\"/api/v1/tenants/acme\"");
    add(entry, "code", "\"tenant_suspended\"");
    add(
        entry,
        "actor",
        "{\"tenant\":\"acme\",\"username\":\"alice\",\"means\":\"oidc\","
            + "\"issuer\":\"00000000-0000-4000-8000-000000000001\"}");
    add(entry, "client", "\"2001:db8::1\"");
    add(entry, "requestId", "\"0123456789abcdef\"");
    return "{\"entries\":[{" + entry + "}]}";
  }

  private static void add(StringBuilder entry, String field, String value) {
    if (entry.indexOf("\"" + field + "\":") < 0) {
      entry.append(",\"").append(field).append("\":").append(value);
    }
  }
}
