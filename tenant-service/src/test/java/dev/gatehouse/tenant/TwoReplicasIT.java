package dev.gatehouse.tenant;

import static dev.gatehouse.common.testing.TestCalls.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestDatabase;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TwoReplicasIT {

  private static TestDatabase database;
  private static ServiceProcess one;
  private static ServiceProcess two;

  @BeforeAll
  static void start() {
    database = TestDatabase.start();
    one = ServiceProcess.start(ServiceProcess.environment(database.port()));
    two = ServiceProcess.start(ServiceProcess.environment(database.port()));
    await().atMost(Duration.ofMinutes(2)).until(() -> one.isReady() && two.isReady());
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    database.close();
  }

  @Test
  void aWatcherOfOneReplicaHearsOfAChangeMadeOnTheOther() throws Exception {
    FeedPage start = ask(two, "across", null, "&wait=0s");
    CompletableFuture<FeedPage> waiting = later(() -> ask(two, "across", start, "&wait=30s"));

    create(one, "across", "");

    assertThat(waiting.get(10, TimeUnit.SECONDS).changes()).hasSize(1);
    goodbye("across");
  }

  @Test
  void aReceiptOfOneReplicaCountsWhoAsksTheOther() throws Exception {
    FeedPage start = ask(two, "receipt", null, "&wait=0s");
    CompletableFuture<Response> write = later(() -> create(one, "receipt", "?wait=30s"));
    FeedPage news = ask(two, "receipt", start, "&wait=30s");
    assertThat(write).isNotDone();

    ask(two, "receipt", news, "&wait=0s");

    assertThat(write.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    goodbye("receipt");
  }

  @Test
  void whoAsksAReplicaNeverGetsLessThanWhatWasCommittedBefore() {
    for (int i = 0; i < 30; i++) {
      Response write = create(one, "fresh-" + i, "");
      long revision = write.jsonPath().getLong("revision");

      FeedPage page = ask(two, "fresh-" + i, null, "&wait=0s");

      assertThat(page.head()).isGreaterThanOrEqualTo(revision);
      goodbye("fresh-" + i);
    }
  }

  @Test
  void revisionsHaveNoGapsWhenBothReplicasWrite() {
    FeedPage before = ask(one, "gaps", null, "&wait=0s");
    List<CompletableFuture<Response>> writers =
        IntStream.range(0, 30)
            .mapToObj(i -> later(() -> create(i % 2 == 0 ? one : two, "gaps-" + i, "")))
            .toList();

    List<Long> revisions =
        writers.stream().map(it -> it.join().jsonPath().getLong("revision")).sorted().toList();

    assertThat(revisions)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(before.head() + 1, before.head() + 30).boxed().toList());
    goodbye("gaps");
  }

  private static FeedPage ask(ServiceProcess replica, String watcher, FeedPage at, String more) {
    String position =
        at == null
            ? "since=0"
            : "since=" + at.revision() + "&epoch=" + at.epoch() + "&hash=" + at.hash().value();
    Response answer =
        replica.asOperator().get("/internal/v1/changes?watcher=" + watcher + "&" + position + more);
    answer.then().statusCode(200);
    return FeedJson.read(answer.asString(), FeedPage.class);
  }

  private static void goodbye(String watcher) {
    one.asOperator().delete("/internal/v1/watchers/" + watcher).then().statusCode(204);
  }

  private static Response create(ServiceProcess replica, String name, String query) {
    return replica.asOperator().body("{\"name\":\"" + name + "\"}").post("/api/v1/tenants" + query);
  }
}
