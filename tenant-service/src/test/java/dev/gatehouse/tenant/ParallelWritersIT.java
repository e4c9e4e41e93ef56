package dev.gatehouse.tenant;

import static dev.gatehouse.common.testing.TestCalls.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestDatabase;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParallelWritersIT {

  private static final int WRITERS = 200;

  private static final String TENANTS =
      """
      SELECT coalesce(string_agg(
        concat_ws(' ', id, name, org_id, status, limits) || E'\\n', '' ORDER BY id), '')
      FROM tenant WHERE name <> '_'
      """;

  private static TestDatabase database;
  private static ServiceProcess one;
  private static ServiceProcess two;

  @BeforeAll
  static void start() {
    database = TestDatabase.start();
    one = ServiceProcess.start(patient());
    two = ServiceProcess.start(patient());
    await().atMost(Duration.ofMinutes(2)).until(() -> one.isReady() && two.isReady());
  }

  /** All writers at once have two cores to share; nobody is to be refused for having to wait. */
  private static Map<String, String> patient() {
    Map<String, String> environment = ServiceProcess.environment(database.port());
    environment.put("GATEHOUSE_DATABASE_DEADLINE", "100s");
    return environment;
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    database.close();
  }

  /** Each writer makes six writes, and the last of its life is at the other replica. */
  @Test
  void aFollowerOfBothReplicasEndsWithWhatIsInTheTables() {
    Follower follower = new Follower();
    long before = follower.catchUp(one).revision();
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, WRITERS).mapToObj(i -> later(() -> live("writer-" + i, i))).toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));

    for (int turn = 0; !all.isDone(); turn++) {
      follower.ask(turn % 2 == 0 ? one : two, "1s");
    }
    all.join();
    follower.catchUp(one);

    assertThat(follower.tenants()).isEqualTo(database.query(TENANTS));
    assertThat(follower.revision()).isEqualTo(before + WRITERS * 6L);
    assertThat(database.query("SELECT revision FROM feed_head"))
        .isEqualTo(Long.toString(follower.revision()));
    assertThat(database.query("SELECT count(*) FROM change"))
        .isEqualTo(Long.toString(follower.revision()));
    assertThat(database.query("SELECT sequence FROM audit_head"))
        .isEqualTo(Long.toString(follower.revision()));
    two.asOperator().get("/api/v1/audit/verify").then().body("intact", equalTo(true));
  }

  @Test
  void aFollowerWhoseReplicaIsKilledWhileItWaitsGoesOnAtTheOther() throws Exception {
    Follower follower = new Follower();
    follower.catchUp(one);
    CompletableFuture<Response> waiting;
    try (ServiceProcess three = ServiceProcess.start(ServiceProcess.environment(database.port()))) {
      await().atMost(Duration.ofMinutes(2)).until(three::isReady);
      follower.ask(three, "0s");
      String contact = lastContact(follower);
      waiting = later(() -> follower.question(three, "60s"));
      await().until(() -> !lastContact(follower).equals(contact));
    }

    assertThat(outcome(waiting)).isInstanceOf(Exception.class);
    long revision = create(one, "meanwhile").jsonPath().getLong("revision");
    FeedPage page = follower.ask(two, "30s");

    assertThat(page.changes())
        .singleElement()
        .matches(it -> it.revision() == revision && it.content().orElse("").contains("meanwhile"));
    two.asOperator().delete("/internal/v1/watchers/" + follower.id()).then().statusCode(204);
  }

  private static Void live(String name, int number) {
    ServiceProcess mine = number % 2 == 0 ? one : two;
    ServiceProcess other = number % 2 == 0 ? two : one;
    create(mine, name).then().statusCode(201);
    create(other, name + ":kid").then().statusCode(201);
    patch(mine, name, "{\"limits\":{\"bodyBytes\":" + (number + 1) + "}}");
    patch(other, name, "{\"status\":\"suspended\"}");
    patch(mine, name + ":kid", "{\"displayName\":\"Kid\"}");
    Response removal = other.asOperator().delete("/api/v1/tenants/" + name + ":kid");
    removal.then().statusCode(200);
    return null;
  }

  private static Response create(ServiceProcess replica, String name) {
    return replica.asOperator().body("{\"name\":\"" + name + "\"}").post("/api/v1/tenants");
  }

  private static void patch(ServiceProcess replica, String name, String body) {
    replica.asOperator().body(body).patch("/api/v1/tenants/" + name).then().statusCode(200);
  }

  private static String lastContact(Follower follower) {
    return database.query("SELECT last_contact FROM watcher WHERE id = '" + follower.id() + "'");
  }

  private static Object outcome(CompletableFuture<Response> waiting) throws Exception {
    try {
      return waiting.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
