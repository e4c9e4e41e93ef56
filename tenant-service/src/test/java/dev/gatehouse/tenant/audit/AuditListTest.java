package dev.gatehouse.tenant.audit;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class AuditListTest {

  TestDatabase database;
  @Inject Scribe scribe;

  @BeforeEach
  void fiveThingsHaveHappened() {
    untilReady();
    AuditTables.reset(database);
    scribe.record(Scribe.caller("*", "operator"), "acme", "tenant.create"); // 1
    scribe.record(Scribe.caller("acme", "alice"), "acme:pay", "tenant.create"); // 2
    scribe.record(Scribe.caller("*", "operator"), "acme-x", "tenant.create"); // 3
    scribe.record(Scribe.caller("*", "operator"), "*", "audit.prune"); // 4
    scribe.record(Scribe.caller("acme", "alice"), "acme:pay", "tenant.remove"); // 5
  }

  @Test
  void anEntrySaysWhoDidWhatWhenAndFromWhere() {
    asOperator()
        .get("/api/v1/audit?limit=1&order=asc")
        .then()
        .statusCode(200)
        .body("service", equalTo("tenants"))
        .body("entries[0].service", equalTo("tenants"))
        .body("entries[0].sequence", equalTo(1))
        .body(
            "entries[0].at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
        .body("entries[0].tenant", equalTo("acme"))
        .body("entries[0].action", equalTo("tenant.create"))
        .body("entries[0].resource", equalTo("/api/v1/tests/0"))
        .body("entries[0].outcome", equalTo("done"))
        .body("entries[0].code", nullValue())
        .body("entries[0].actor.tenant", equalTo("*"))
        .body("entries[0].actor.username", equalTo("operator"))
        .body("entries[0].actor.means", equalTo("api-key"))
        .body("entries[0].actor.key", nullValue())
        .body("entries[0].client", equalTo("192.0.2.7"))
        .body("entries[0].requestId", matchesPattern("[0-9a-f]{16}"))
        .body("entries[0].before.number", equalTo(0))
        .body("entries[0].after.text", equalTo("quote \" and ü"))
        .body("entries[0].previous", equalTo("0".repeat(64)))
        .body("entries[0].hash", equalTo(database.query("SELECT hash FROM audit WHERE sequence=1")))
        .body(
            "entries[0].content",
            equalTo(database.query("SELECT content FROM audit WHERE sequence=1")));
  }

  @Test
  void theNewestComesFirstUnlessAskedOtherwise() {
    assertThat(sequences(as("*").get("/api/v1/audit").jsonPath())).containsExactly(5, 4, 3, 2, 1);
    assertThat(sequences(as("*").get("/api/v1/audit?order=asc").jsonPath()))
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aTenantSeesWhatIsAboutItselfAndThoseNestedInIt() {
    assertThat(seenBy("acme", "")).containsExactly(5, 2, 1);
    assertThat(seenBy("acme:pay", "")).containsExactly(5, 2);
    assertThat(seenBy("acme-x", "")).containsExactly(3);
    assertThat(seenBy("other", "")).isEmpty();
    assertThat(seenBy("_", "")).isEmpty();
  }

  @Test
  void entriesAreFiltered() {
    assertThat(seenBy("*", "?tenant=acme")).containsExactly(5, 2, 1);
    assertThat(seenBy("acme", "?tenant=acme:pay")).containsExactly(5, 2);
    assertThat(seenBy("*", "?actor=alice")).containsExactly(5, 2);
    assertThat(seenBy("*", "?action=tenant.create")).containsExactly(3, 2, 1);
    assertThat(seenBy("*", "?action=tenant.create&actor=operator")).containsExactly(3, 1);
    assertThat(seenBy("*", "?outcome=done&tenant=acme-x")).containsExactly(3);
    assertThat(seenBy("*", "?outcome=refused")).isEmpty();
  }

  @Test
  void entriesAreFilteredByTime() {
    for (int sequence = 1; sequence <= 5; sequence++) {
      database.execute(
          "UPDATE audit SET content = regexp_replace(content, '\"at\":\"[^\"]*\"', '\"at\":\"2026-01-0"
              + sequence
              + "T00:00:00.000Z\"') WHERE sequence = "
              + sequence);
    }

    assertThat(seenBy("*", "?since=2026-01-03T00:00:00Z")).containsExactly(5, 4, 3);
    assertThat(seenBy("*", "?until=2026-01-03T00:00:00Z")).containsExactly(2, 1);
    assertThat(seenBy("*", "?since=2026-01-02T01:00:00%2B01:00&until=2026-01-04T00:00:00Z"))
        .containsExactly(3, 2);
    assertThat(seenBy("*", "?since=2026-01-05T00:00:00.001Z")).isEmpty();
    assertThat(seenBy("*", "?until=2026-01-01T00:00:00Z")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  void pagesFollowEachOtherWithoutGapsAndDoubles(String order) {
    List<Integer> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page = as("acme").get("/api/v1/audit?limit=2&order=" + order + cursor).jsonPath();
      all.addAll(sequences(page));
      cursor = page.getString("next") == null ? "" : "&cursor=" + page.getString("next");
    } while (!cursor.isEmpty());

    assertThat(all)
        .containsExactlyElementsOf(order.equals("asc") ? List.of(1, 2, 5) : List.of(5, 2, 1));
  }

  @Test
  void theLogOfOthersIsRefused() {
    as("acme")
        .get("/api/v1/audit?tenant=acme-x")
        .then()
        .statusCode(403)
        .body("code", equalTo("tenant_mismatch"));
    as("acme:pay").get("/api/v1/audit?tenant=acme").then().statusCode(403);
    as("acme").get("/api/v1/audit?tenant=*").then().statusCode(403);
  }

  @Test
  void readingNeedsItsScope() {
    as("acme", "tenants:write keys:write")
        .get("/api/v1/audit")
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    as("acme", "audit:read").get("/api/v1/audit").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=yesterday",
        "until=2026-13-01T00:00:00Z",
        "since=2026-01-01",
        "order=up",
        "outcome=maybe",
        "limit=0",
        "limit=1001",
        "tenant=No",
        "actor=%00",
        "action=%00"
      })
  void parametersThatSayNothingAreRefused(String query) {
    asOperator().urlEncodingEnabled(false).get("/api/v1/audit?" + query).then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=x", "cursor=YQ"})
  void cursorsOfOthersAreRefused(String query) {
    asOperator()
        .get("/api/v1/audit?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("cursor_invalid"));
  }

  private static List<Integer> seenBy(String tenant, String query) {
    return sequences(as(tenant).urlEncodingEnabled(false).get("/api/v1/audit" + query).jsonPath());
  }

  private static List<Integer> sequences(JsonPath page) {
    return page.getList("entries.sequence", Integer.class);
  }
}
