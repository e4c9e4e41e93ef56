package dev.gatehouse.tenant.audit;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to tamper with the log shows; each has its twin that is intact. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AuditVerificationTest {

  /** Several pages of the verification. */
  private static final int ENTRIES = 450;

  TestDatabase database;
  @Inject Scribe scribe;

  @BeforeEach
  void thereIsALog() {
    untilReady();
    AuditTables.reset(database);
    scribe.record("acme", ENTRIES);
  }

  @Test
  void anIntactLogIsIntact() {
    verify()
        .body("service", equalTo("tenants"))
        .body("intact", equalTo(true))
        .body("entries", equalTo(ENTRIES))
        .body("from", equalTo(1))
        .body("to", equalTo(ENTRIES))
        .body("firstBad", nullValue());
  }

  @Test
  void anEmptyLogIsIntact() {
    AuditTables.reset(database);

    verify().body("intact", equalTo(true)).body("entries", equalTo(0)).body("to", equalTo(0));
  }

  @Test
  void aLogThatGoesOnStaysIntact() {
    scribe.commit("acme");
    scribe.record("other", 3);

    verify().body("intact", equalTo(true)).body("to", equalTo(ENTRIES + 4));
  }

  @Test
  void aHeadThatWasKeptAgreesWithAnIntactLog() {
    String hash = hashOf(300);
    scribe.record("acme", 1);

    verify("?keptSequence=300&keptHash=" + hash).body("intact", equalTo(true));
  }

  @Test
  void changedContentShows() {
    database.execute(
        "UPDATE audit SET content = replace(content, 'operator', 'nobody') WHERE sequence = 307");

    verifyBad(307, "its content does not have its hash");
  }

  @Test
  void aChangedHashShows() {
    database.execute("UPDATE audit SET hash = repeat('f', 64) WHERE sequence = 307");

    verifyBad(307, "its content does not have its hash");
  }

  @Test
  void aRemovedEntryShows() {
    database.execute("DELETE FROM audit WHERE sequence = 307");

    verifyBad(307, "it is missing");
  }

  @Test
  void aCutTailShows() {
    database.execute("DELETE FROM audit WHERE sequence > 400");

    verifyBad(401, "it is missing: the log goes on to 450");
  }

  @Test
  void aTailThatWasCutTogetherWithItsHeadShows() {
    database.execute("DELETE FROM audit WHERE sequence > 400");
    AuditTables.moveHead(database);

    verifyBad(400, "the seal of the head does not verify");
  }

  @Test
  void aLogThatWasPutBackToAnEarlierStateShowsByTheHeadThatWasKept() {
    String earlierSeal = database.query("SELECT seal FROM audit_head");
    scribe.record("acme", 10);
    String kept = hashOf(ENTRIES + 10);
    database.execute("DELETE FROM audit WHERE sequence > " + ENTRIES);
    AuditTables.moveHead(database);
    database.execute("UPDATE audit_head SET seal = '" + earlierSeal + "'");

    verify().body("intact", equalTo(true));
    verify("?keptSequence=" + (ENTRIES + 10) + "&keptHash=" + kept)
        .body("intact", equalTo(false))
        .body("firstBad.sequence", equalTo(ENTRIES + 1))
        .body("firstBad.why", startsWith("it is missing: a head was kept"));
  }

  @Test
  void aLogThatWasRewrittenShows() {
    AuditTables.rewrite(database, 307);

    verifyBad(ENTRIES, "it has another hash than the head");
  }

  @Test
  void aLogThatWasRewrittenTogetherWithItsHeadShows() {
    String kept = hashOf(400);
    AuditTables.rewrite(database, 307);
    AuditTables.moveHead(database);

    verifyBad(ENTRIES, "the seal of the head does not verify");
    verify("?keptSequence=400&keptHash=" + kept)
        .body("intact", equalTo(false))
        .body("firstBad.sequence", equalTo(400));
  }

  @Test
  void whatIsRecordedAfterwardsDoesNotCoverItUp() {
    AuditTables.rewrite(database, 307);
    AuditTables.moveHead(database);

    scribe.record("acme", 5);

    verifyBad(ENTRIES + 5, "the seal of the head does not verify");
  }

  @Test
  void anEntryThatWasAddedInTheMiddleShows() {
    AuditTables.insertBefore(database, 307);

    verifyBad(307, "it was written as another entry");
  }

  @Test
  void anEntryThatWasAddedAtTheEndShows() {
    database.execute(
        """
        INSERT INTO audit (sequence, previous, hash, content)
        SELECT sequence + 1, hash, repeat('f', 64), content FROM audit WHERE sequence = 450
        """);

    verifyBad(ENTRIES + 1, "it was added after the head of the log");
  }

  @Test
  void whatListsFilterByCannotDifferFromWhatIsHashed() {
    assertThat(database.query("SELECT tenant || ' ' || actor FROM audit WHERE sequence = 1"))
        .isEqualTo("acme operator");
    assertThatThrownBy(
            () -> database.execute("UPDATE audit SET tenant = 'other' WHERE sequence = 1"))
        .hasStackTraceContaining("generated column");
  }

  @Test
  void timesNeverGoBackwards() {
    database.execute("UPDATE audit_head SET at = '2999-01-01T00:00:00.000Z'");

    scribe.record("acme", 1);

    assertThat(database.query("SELECT at FROM audit ORDER BY sequence DESC LIMIT 1"))
        .isEqualTo("2999-01-01T00:00:00.000Z");
  }

  @Test
  void verificationIsForOperators() {
    as("acme")
        .get("/api/v1/audit/verify")
        .then()
        .statusCode(403)
        .body("code", equalTo("not_allowed"));
    as("*", "tenants:write").get("/api/v1/audit/verify").then().statusCode(403);
    as("*", "audit:read").get("/api/v1/audit/verify").then().statusCode(200);
  }

  @Test
  void whatWasKeptIsASequenceAndItsHash() {
    for (String query :
        new String[] {"?keptSequence=1", "?keptHash=a", "?keptSequence=x&keptHash=a"}) {
      asOperator()
          .get("/api/v1/audit/verify" + query)
          .then()
          .statusCode(400)
          .body("code", equalTo("field_invalid"));
    }
  }

  private String hashOf(int sequence) {
    return database.query("SELECT hash FROM audit WHERE sequence = " + sequence);
  }

  private static ValidatableResponse verify() {
    return verify("");
  }

  private static ValidatableResponse verify(String query) {
    return asOperator().get("/api/v1/audit/verify" + query).then().statusCode(200);
  }

  private static void verifyBad(int sequence, String why) {
    verify()
        .body("intact", equalTo(false))
        .body("firstBad.sequence", equalTo(sequence))
        .body("firstBad.why", startsWith(why));
  }
}
