package dev.gatehouse.tenant.audit;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class AuditPruningTest {

  /** More than one batch. */
  private static final int ENTRIES = 6_000;

  TestDatabase database;
  @Inject Scribe scribe;

  @BeforeEach
  void thereIsALog() {
    untilReady();
    AuditTables.reset(database);
    scribe.record("acme", ENTRIES);
  }

  @Test
  void whatWasExportedIsRemovedAndTheRestStaysIntact() {
    String kept = hashOf(5_990);

    prune(asOperator(), 5_500, hashOf(5_500))
        .statusCode(200)
        .body("service", equalTo("tenants"))
        .body("removed", equalTo(5_500))
        .body("from", equalTo(5_501));

    verify("")
        .body("intact", equalTo(true))
        .body("entries", equalTo(501))
        .body("from", equalTo(5_501))
        .body("to", equalTo(6_001));
    verify("?keptSequence=5990&keptHash=" + kept).body("intact", equalTo(true));
  }

  @Test
  void pruningIsRecorded() {
    prune(asOperator(), 10, hashOf(10)).statusCode(200);

    asOperator()
        .get("/api/v1/audit?limit=1")
        .then()
        .body("entries[0].action", equalTo("audit.prune"))
        .body("entries[0].tenant", equalTo("*"))
        .body("entries[0].after.through", equalTo(10));
  }

  @Test
  void theWholeLogCanBePruned() {
    prune(asOperator(), ENTRIES, hashOf(ENTRIES)).statusCode(200);

    verify("").body("intact", equalTo(true)).body("entries", equalTo(1));
    prune(asOperator(), ENTRIES + 1, hashOf(ENTRIES + 1))
        .statusCode(200)
        .body("removed", equalTo(1));
  }

  @Test
  void afterPruningTamperingStillShows() {
    prune(asOperator(), 5_500, hashOf(5_500)).statusCode(200);

    database.execute("DELETE FROM audit WHERE sequence = 5600");

    verifyBad(5_600);
  }

  @Test
  void removingTheBeginningWithoutTheKeyShows() {
    database.execute(
        """
        UPDATE audit_head SET pruned_through = 50,
          pruned_hash = (SELECT hash FROM audit WHERE sequence = 50), pruned_seal = seal;
        DELETE FROM audit WHERE sequence <= 50;
        """);

    verifyBad(50);
  }

  @Test
  void nothingIsPrunedThatWasNotExported() {
    prune(asOperator(), 10, hashOf(11)).statusCode(409).body("code", equalTo("audit_mismatch"));
    prune(asOperator(), ENTRIES + 7, hashOf(ENTRIES))
        .statusCode(409)
        .body("code", equalTo("audit_mismatch"));

    verify("").body("entries", equalTo(ENTRIES));
  }

  @Test
  void pruningAllOfABrokenLogSealsItAnew() {
    AuditTables.rewrite(database, 5_990);
    AuditTables.moveHead(database);
    verify("").body("intact", equalTo(false));

    prune(asOperator(), 5_000, hashOf(5_000)).statusCode(200);
    verify("").body("intact", equalTo(false));
    int head = ENTRIES + 1;
    prune(asOperator(), head, hashOf(head)).statusCode(200);

    verify("").body("intact", equalTo(true));
  }

  @Test
  void onlyOperatorsPrune() {
    prune(as("acme"), 10, hashOf(10)).statusCode(403).body("code", equalTo("not_allowed"));
    prune(as("*", "audit:read tenants:read"), 10, hashOf(10))
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));

    assertThat(database.query("SELECT min(sequence) FROM audit")).isEqualTo("1");
  }

  @Test
  void whatIsToGoIsNamedInFull() {
    for (String body :
        new String[] {
          "{}", "{\"through\":1}", "{\"hash\":\"a\"}", "{\"through\":0,\"hash\":\"a\"}"
        }) {
      asOperator()
          .body(body)
          .post("/api/v1/audit/prune")
          .then()
          .statusCode(400)
          .body("code", equalTo("field_invalid"));
    }
  }

  private String hashOf(int sequence) {
    return database.query("SELECT hash FROM audit WHERE sequence = " + sequence);
  }

  private static ValidatableResponse prune(RequestSpecification caller, int through, String hash) {
    return caller
        .body("{\"through\":" + through + ",\"hash\":\"" + hash + "\"}")
        .post("/api/v1/audit/prune")
        .then();
  }

  private static ValidatableResponse verify(String query) {
    return asOperator().get("/api/v1/audit/verify" + query).then().statusCode(200);
  }

  private static void verifyBad(int sequence) {
    verify("").body("intact", equalTo(false)).body("firstBad.sequence", equalTo(sequence));
  }
}
