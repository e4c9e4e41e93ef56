package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class TenantAuditTest {

  @SuppressWarnings("NullAway.Init") // Injected.
  TestDatabase database;

  private String name = "";
  private long before;

  @BeforeEach
  void whenReady() {
    untilReady();
    name = "a" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    before = Long.parseLong(database.query("SELECT sequence FROM audit_head"));
  }

  @Test
  void aCreationIsRecordedWithWhatCameOfIt() {
    asOperator()
        .header("X-Username", "olga")
        .header("X-Gatehouse-Issuer", "7b0e8f0a-4a39-4c0c-8b35-0d6a8f6f0001")
        .header("X-Gatehouse-Client", "192.0.2.7")
        .body("{\"name\":\"" + name + "\",\"displayName\":\"A\",\"limits\":{\"bodyBytes\":7}}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);

    JsonPath entry = only();
    assertThat(entry.getString("service")).isEqualTo("tenants");
    assertThat(entry.getString("action")).isEqualTo("tenant.create");
    assertThat(entry.getString("outcome")).isEqualTo("done");
    assertThat(entry.getString("tenant")).isEqualTo(name);
    assertThat(entry.getString("resource")).isEqualTo("/api/v1/tenants/" + name);
    assertThat(entry.getString("actor.tenant")).isEqualTo("*");
    assertThat(entry.getString("actor.username")).isEqualTo("olga");
    assertThat(entry.getString("actor.means")).isEqualTo("oidc");
    assertThat(entry.getString("client")).isEqualTo("192.0.2.7");
    assertThat(entry.<Object>get("before")).isNull();
    assertThat(entry.getString("after.name")).isEqualTo(name);
    assertThat(entry.getString("after.displayName")).isEqualTo("A");
    assertThat(entry.getInt("after.limits.bodyBytes")).isEqualTo(7);
    assertThat(entry.<Object>get("after.revision")).isNull();
  }

  @Test
  void aChangeIsRecordedWithWhatWasThereBefore() {
    create(name);

    patch("{\"displayName\":\"New\"}").then().statusCode(200);
    patch("{\"status\":\"suspended\"}").then().statusCode(200);
    patch("{\"status\":\"active\",\"displayName\":null}").then().statusCode(200);

    assertThat(actions())
        .containsExactly("tenant.create", "tenant.change", "tenant.suspend", "tenant.resume");
    JsonPath last = entry(before + 4);
    assertThat(last.getString("before.status")).isEqualTo("suspended");
    assertThat(last.getString("before.displayName")).isEqualTo("New");
    assertThat(last.getString("after.status")).isEqualTo("active");
    assertThat(last.<Object>get("after.displayName")).isNull();
  }

  @Test
  void eachTenantThatIsRemovedHasAnEntryOfItsOwn() {
    create(name);
    create(name + ":one");
    create(name + ":two");

    asOperator().delete("/api/v1/tenants/" + name + "?recursive=true").then().statusCode(200);

    assertThat(actions().subList(3, 6)).containsOnly("tenant.remove");
    assertThat(List.of(entry(before + 4), entry(before + 5), entry(before + 6)))
        .extracting(it -> it.getString("tenant"), it -> it.getString("before.name"))
        .containsExactly(
            tuple(name, name),
            tuple(name + ":one", name + ":one"),
            tuple(name + ":two", name + ":two"));
  }

  @Test
  void whatChangedNothingIsNotRecorded() {
    create(name);
    long head = head();

    patch("{\"status\":\"active\"}").then().statusCode(200);
    create(name).then().statusCode(409);
    asOperator().get("/api/v1/tenants/" + name).then().statusCode(200);

    assertThat(head()).isEqualTo(head);
  }

  @Test
  void anImportIsRecordedTenantByTenant() {
    asOperator()
        .body(
            """
            {"entries":[
              {"kind":"tenant","id":"%s","name":"%s","orgId":"%s","status":"active",
               "createdAt":"2026-01-02T03:04:05Z"},
              {"kind":"former-name","name":"%s","tokensNotBefore":7}]}"""
                .formatted(UUID.randomUUID(), name, name, name + "x"))
        .post("/api/v1/registry/tenants")
        .then()
        .statusCode(200)
        .body("created", equalTo(2));

    assertThat(actions()).containsExactly("tenant.import", "registry.import");
    assertThat(entry(before + 1).getString("tenant")).isEqualTo(name);
    assertThat(entry(before + 2).getString("tenant")).isEqualTo("*");
    assertThat(entry(before + 2).getString("after.formerNames[0].name")).isEqualTo(name + "x");
  }

  @Test
  void aTenantsOwnWriteIsRecordedAsItsOwn() {
    create(name);

    as(name).body("{\"name\":\"" + name + ":kid\"}").post("/api/v1/tenants").then().statusCode(201);

    JsonPath entry = entry(before + 2);
    assertThat(entry.getString("tenant")).isEqualTo(name + ":kid");
    assertThat(entry.getString("actor.tenant")).isEqualTo(name);
    assertThat(entry.getString("actor.means")).isEqualTo("api-key");
  }

  @Test
  void aClockThatWasSetBackDoesNotTakeTheLogBackWithIt() {
    create(name);
    String at = database.query("SELECT at FROM audit_head");
    String ahead = "2099-01-01T00:00:00.000Z";
    database.execute("UPDATE audit_head SET at = '" + ahead + "'");

    patch("{\"status\":\"suspended\"}").then().statusCode(200);

    assertThat(entry(before + 2).getString("at")).isEqualTo(ahead);
    database.execute("UPDATE audit_head SET at = '" + at + "'");
  }

  @Test
  void aClockThatWasSetBackDoesNotRevivePastTokens() {
    create(name);
    asOperator().delete("/api/v1/tenants/" + name).then().statusCode(200);
    database.execute(
        "UPDATE former_name SET tokens_not_before = 4000000000 WHERE name = '" + name + "'");
    asOperator()
        .body("{\"name\":\"" + name + "\",\"reuse\":true}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);

    asOperator().delete("/api/v1/tenants/" + name).then().statusCode(200);

    assertThat(
            database.query("SELECT tokens_not_before FROM former_name WHERE name = '" + name + "'"))
        .isEqualTo("4000000000");
  }

  private Response patch(String body) {
    return asOperator().body(body).patch("/api/v1/tenants/" + name);
  }

  private static Response create(String name) {
    return asOperator().body("{\"name\":\"" + name + "\"}").post("/api/v1/tenants");
  }

  private JsonPath only() {
    assertThat(head()).isEqualTo(before + 1);
    return entry(before + 1);
  }

  private JsonPath entry(long sequence) {
    return new JsonPath(database.query("SELECT content FROM audit WHERE sequence = " + sequence));
  }

  private List<String> actions() {
    return List.of(
        database
            .query(
                "SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit WHERE sequence > "
                    + before)
            .split(" ", -1));
  }

  private long head() {
    return Long.parseLong(database.query("SELECT sequence FROM audit_head"));
  }
}
