package dev.gatehouse.tenant.feed;

import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static dev.gatehouse.tenant.feed.Followers.acknowledge;
import static dev.gatehouse.tenant.feed.Followers.ask;
import static dev.gatehouse.tenant.feed.Followers.catchUp;
import static dev.gatehouse.tenant.feed.Followers.goodbye;
import static dev.gatehouse.tenant.feed.Followers.newId;
import static dev.gatehouse.tenant.feed.Followers.page;
import static dev.gatehouse.tenant.feed.Followers.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReceiptsTest {

  TestDatabase database;

  @BeforeEach
  void nobodyIsThere() {
    untilReady();
    database.execute("DELETE FROM watcher");
  }

  @Test
  void withoutGatewaysAWriteIsAppliedEverywhere() {
    register(unique(), "?wait=10s").then().statusCode(201).body("missing", nullValue());
  }

  @Test
  void aWriteIsCompleteWhenEveryGatewayHasAskedOn() {
    String gateway = newId();
    FeedPage start = catchUp(gateway, "");
    CompletableFuture<Response> waiting = later(() -> ask(gateway, start, "&wait=30s"));
    CompletableFuture<Response> write = later(() -> register(unique(), "?wait=20s"));

    acknowledge(gateway, page(waiting.join()), "");

    write.join().then().statusCode(201).body("missing", nullValue());
  }

  @Test
  void aSilentGatewayIsNamedAsMissing() {
    String live = newId();
    String silent = newId();
    catchUp(silent, "&name=gateway-7");
    FeedPage start = catchUp(live, "&name=gateway-1");
    CompletableFuture<Response> waiting = later(() -> ask(live, start, "&wait=30s&name=gateway-1"));
    CompletableFuture<Response> write = later(() -> register(unique(), "?wait=3s"));

    acknowledge(live, page(waiting.join()), "&name=gateway-1");

    Response answer = write.join();
    answer.then().statusCode(202).body("missing", contains("gateway-7"));
    rollout(answer)
        .then()
        .statusCode(200)
        .body("service", equalTo("tenants"))
        .body("complete", equalTo(false))
        .body("applied", contains("gateway-1"))
        .body("missing", contains("gateway-7"));
  }

  @Test
  void aPageThatWasSentIsNotYetApplied() {
    String gateway = newId();
    FeedPage start = catchUp(gateway, "");

    Response write = register(unique());
    page(ask(gateway, start, "&wait=0s"));

    rollout(write).then().body("complete", equalTo(false));
  }

  @Test
  void aGatewayThatSaysGoodbyeIsNotMissed() {
    String gateway = newId();
    catchUp(gateway, "&name=leaving");
    CompletableFuture<Response> write = later(() -> register(unique(), "?wait=20s"));

    goodbye(gateway);

    write.join().then().statusCode(201);
  }

  @Test
  void aGatewayIsReplacedByItsSuccessor() {
    String first = newId();
    String second = newId();
    catchUp(first, "&name=gateway-1");
    Response write = register(unique());
    rollout(write).then().body("missing", contains("gateway-1"));

    FeedPage standing = catchUp(second, "&name=gateway-1&predecessor=" + first);
    acknowledge(second, standing, "&name=gateway-1&predecessor=" + first);

    rollout(write).then().body("complete", equalTo(true)).body("applied", contains("gateway-1"));
  }

  @Test
  void aGatewayWithUnlimitedStalenessStaysMissing() {
    catchUp(newId(), "&name=for-ever");
    database.execute("UPDATE watcher SET last_contact = last_contact - interval '30 days'");

    rollout(register(unique())).then().body("missing", contains("for-ever"));
  }

  @Test
  void aGatewayIsMissedUntilItMustHaveStopped() {
    catchUp(newId(), "&name=limited&max-staleness=PT15M");
    Response write = register(unique());
    String left =
        database.query("SELECT extract(epoch FROM serves_until - last_contact)::int FROM watcher");
    assertThat(Integer.parseInt(left)).isEqualTo(15 * 60 + 30);
    rollout(write).then().body("missing", contains("limited"));

    database.execute("UPDATE watcher SET serves_until = clock_timestamp()");

    rollout(write).then().body("complete", equalTo(true)).body("missing", empty());
  }

  @Test
  void otherWatchersDoNotCount() {
    catchUp(newId(), "&kind=key-service");

    register(unique(), "?wait=0s").then().statusCode(201);
  }

  @Test
  void aGatewayThatHoldsAnotherHistoryHasAppliedNothing() {
    String gateway = newId();
    Response write = register(unique());
    FeedPage standing = catchUp(gateway, "&name=strange");
    acknowledge(gateway, standing, "&name=strange");
    rollout(write).then().body("complete", equalTo(true));

    FeedPage strange =
        new FeedPage(
            UUID.randomUUID(), false, 0, standing.head(), standing.hash(), 0, standing.changes());
    ask(gateway, strange, "&name=strange").then().statusCode(409);

    rollout(write).then().body("missing", contains("strange"));
  }

  @Test
  void aPageOnTheWayToTheHeadIsNotApplied() {
    String gateway = newId();
    Response write = register(unique());
    register(unique());
    FeedPage all = catchUp(gateway, "&name=slow");
    // As if the first page had ended before the head, which takes 5,000 changes otherwise.
    int revision = write.path("revision");
    database.execute("UPDATE watcher SET partial_through = " + revision);
    FeedPage half =
        new FeedPage(
            all.epoch(),
            false,
            0,
            revision,
            all.changes().get(revision - 1).hash(),
            all.head(),
            all.changes());

    acknowledge(gateway, half, "&name=slow");
    rollout(write).then().body("missing", contains("slow"));

    acknowledge(gateway, all, "&name=slow");
    rollout(write).then().body("applied", contains("slow"));
  }

  @Test
  void aSuspensionAndARemovalHaveReceiptsToo() {
    String name = unique();
    register(name);
    catchUp(newId(), "&name=silent");

    asOperator()
        .body("{\"status\":\"suspended\"}")
        .patch("/api/v1/tenants/" + name + "?wait=100ms")
        .then()
        .statusCode(202)
        .body("missing", hasItem("silent"));
    asOperator()
        .delete("/api/v1/tenants/" + name + "?wait=100ms")
        .then()
        .statusCode(202)
        .body("missing", hasItem("silent"));
  }

  @Test
  void aWaitOfMoreThanAMinuteIsRefusedBeforeAnythingIsWritten() {
    String name = unique();

    register(name, "?wait=61s").then().statusCode(400).body("code", equalTo("field_invalid"));
    asOperator().get("/api/v1/tenants/" + name).then().statusCode(404);
  }

  @Test
  void aWatcherTooManyIsRefusedWhileThoseKnownGoOn() {
    String known = newId();
    catchUp(known, "");
    database.execute(
        """
        INSERT INTO watcher (id, kind, name, epoch, applied, first_contact, last_contact)
        SELECT 'w' || i, 'gateway', 'w', gen_random_uuid(), 0, now(), now()
        FROM generate_series(1, 9999) AS i
        """);

    ask(newId(), null, "&wait=0s").then().statusCode(429).body("code", equalTo("limit_exceeded"));
    catchUp(known, "");
    goodbye(known);
    catchUp(newId(), "");
    database.execute("DELETE FROM watcher");
  }

  @Test
  void aRevisionThatIsNotThereYetHasNoRollout() {
    asOperator()
        .get("/api/v1/rollouts/tenants/99999999")
        .then()
        .statusCode(404)
        .body("code", equalTo("revision_unknown"));
    asOperator().get("/api/v1/rollouts/tenants/0").then().statusCode(404);
    asOperator().get("/api/v1/rollouts/keys/1").then().statusCode(404);
  }

  private static Response rollout(Response write) {
    return asOperator().get("/api/v1/rollouts/tenants/" + write.path("revision"));
  }

  private static String unique() {
    return "r" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }
}
