package dev.gatehouse.tenant.feed;

import static dev.gatehouse.common.testing.TestCalls.API_KEY;
import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static dev.gatehouse.tenant.feed.Followers.ask;
import static dev.gatehouse.tenant.feed.Followers.catchUp;
import static dev.gatehouse.tenant.feed.Followers.newId;
import static dev.gatehouse.tenant.feed.Followers.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class AcceptedHistoryTest {

  TestDatabase database;

  @BeforeEach
  void thereIsAHistory() {
    untilReady();
    database.execute("DELETE FROM watcher");
    database.execute("UPDATE feed_head SET accepted = NULL");
    register(unique()).then().statusCode(201);
  }

  @Test
  void anAcceptedHistoryGetsANewEpochAndKeepsItsRevision() {
    FeedPage before = catchUp(newId(), "");

    Response accepted = accept("{}");

    accepted
        .then()
        .statusCode(200)
        .body("feed", equalTo("tenants"))
        .body("revision", equalTo((int) before.head()));
    FeedPage after = catchUp(newId(), "");
    assertThat(after.epoch().toString())
        .isEqualTo(accepted.path("epoch"))
        .isNotEqualTo(before.epoch().toString());
    assertThat(after.hash()).isEqualTo(before.hash());
  }

  @Test
  void whoFollowsAnotherHistoryIsShownTheMark() {
    String gateway = newId();
    FeedPage before = catchUp(gateway, "");
    String epoch = accept("{}").path("epoch");

    Response differs = ask(gateway, before, "&wait=0s");

    differs.then().statusCode(409).body("code", equalTo("feed_history_differs"));
    assertThat(mark(differs)).contains(UUID.fromString(epoch));
  }

  @Test
  void whoIsWaitingIsToldAtOnce() {
    String gateway = newId();
    FeedPage before = catchUp(gateway, "");
    CompletableFuture<Response> waiting = later(() -> ask(gateway, before, "&wait=60s"));
    await().until(() -> database.query("SELECT count(*) FROM watcher").equals("1"));

    accept("{}").then().statusCode(200);

    waiting.join().then().statusCode(409);
  }

  @Test
  void withoutAcceptanceThereIsNoMark() {
    String gateway = newId();
    FeedPage before = catchUp(gateway, "");
    database.execute("UPDATE feed_head SET epoch = gen_random_uuid()");

    Response differs = untilDiffers(gateway, before);

    assertThat(differs.header(AcceptedEpoch.HEADER)).isNull();
  }

  @Test
  void aMarkThatNobodyWithTheKeyMadeIsNotShown() {
    String gateway = newId();
    FeedPage before = catchUp(gateway, "");
    database.execute(
        "UPDATE feed_head SET epoch = '00000000-0000-4000-8000-000000000009',"
            + " accepted = '00000000-0000-4000-8000-000000000009 ' || repeat('f', 64)");

    assertThat(untilDiffers(gateway, before).header(AcceptedEpoch.HEADER)).isNull();
  }

  @Test
  void aMarkOfAnEarlierEpochIsNotShown() {
    accept("{}").then().statusCode(200);
    String gateway = newId();
    FeedPage before = catchUp(gateway, "");
    database.execute("UPDATE feed_head SET epoch = gen_random_uuid()");

    assertThat(untilDiffers(gateway, before).header(AcceptedEpoch.HEADER)).isNull();
  }

  /** A backup that was made after an acceptance: the word was given for another state. */
  @Test
  void whoFollowsTheAcceptedEpochAlreadyIsNotShownTheMark() {
    accept("{}").then().statusCode(200);
    String gateway = newId();
    FeedPage before = catchUp(gateway, "");
    FeedPage beyond =
        new FeedPage(
            before.epoch(), false, 0, before.revision() + 5, before.hash(), 0, before.changes());

    Response differs = ask(gateway, beyond, "&wait=0s");

    differs.then().statusCode(409);
    assertThat(differs.header(AcceptedEpoch.HEADER)).isNull();
  }

  @Test
  void aReceiptMissesThoseWhoStillServeTheOtherHistory() {
    String gateway = newId();
    catchUp(gateway, "&name=gateway-1");
    accept("{}").then().statusCode(200);

    Response write = register(unique(), "?wait=0s");

    write.then().statusCode(202).body("missing", contains("gateway-1"));
  }

  @Test
  void onlyWhatWasLookedAtIsAccepted() {
    String shown = catchUp(newId(), "").hash().value();
    register(unique()).then().statusCode(201);

    accept("{\"hash\":\"" + shown + "\"}")
        .then()
        .statusCode(409)
        .body("code", equalTo("feed_history_differs"));
    accept("{\"hash\":\"" + catchUp(newId(), "").hash().value() + "\"}").then().statusCode(200);
  }

  @Test
  void acceptanceIsRecorded() {
    String epoch = accept("{}").path("epoch");

    asOperator()
        .get("/api/v1/audit?action=feed.accept&limit=1")
        .then()
        .body("entries[0].tenant", equalTo("*"))
        .body("entries[0].after.epoch", equalTo(epoch));
  }

  @Test
  void acceptanceIsForOperators() {
    as("acme").body("{}").post("/api/v1/feeds/accept").then().statusCode(403);
    as("*", "tenants:read").body("{}").post("/api/v1/feeds/accept").then().statusCode(403);
    accept("{\"hash\":\"x\"}").then().statusCode(400).body("code", equalTo("field_invalid"));
  }

  private static Response accept(String body) {
    return asOperator().body(body).post("/api/v1/feeds/accept");
  }

  private static Optional<UUID> mark(Response response) {
    return AcceptedEpoch.read(
        new AuthApiKey(API_KEY, Optional.empty()),
        "tenants",
        response.header(AcceptedEpoch.HEADER));
  }

  /** Behind the back of the service, which notices at its next look at the table. */
  private static Response untilDiffers(String gateway, FeedPage standing) {
    return await().until(() -> ask(gateway, standing, "&wait=0s"), it -> it.statusCode() == 409);
  }

  private static String unique() {
    return "t" + UUID.randomUUID().toString().substring(0, 12);
  }
}
