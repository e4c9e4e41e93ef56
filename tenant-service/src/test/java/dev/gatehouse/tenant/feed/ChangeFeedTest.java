package dev.gatehouse.tenant.feed;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static dev.gatehouse.tenant.feed.Followers.ask;
import static dev.gatehouse.tenant.feed.Followers.catchUp;
import static dev.gatehouse.tenant.feed.Followers.goodbye;
import static dev.gatehouse.tenant.feed.Followers.newId;
import static dev.gatehouse.tenant.feed.Followers.page;
import static dev.gatehouse.tenant.feed.Followers.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class ChangeFeedTest {

  private String watcher = "";

  @BeforeEach
  void introduce() {
    untilReady();
    watcher = newId();
  }

  @AfterEach
  void leave() {
    goodbye(watcher);
  }

  @Test
  void aChangeTellsWhatTheTenantIsNow() {
    String name = unique();
    String id = register(name).path("id");

    Change change = last(catchUp(watcher, ""));

    assertThat(change.kind()).isEqualTo("tenant");
    assertThat(change.id()).hasToString(id);
    TenantEntry entry = FeedJson.read(change.content().orElseThrow(), TenantEntry.class);
    assertThat(entry.name().value()).isEqualTo(name);
    assertThat(entry.status()).isEqualTo(TenantEntry.Status.active);
    assertThat(entry.tokensNotBefore()).isEmpty();
  }

  @Test
  void aRemovalIsATombstone() {
    String name = unique();
    String id = register(name).path("id");
    asOperator().delete("/api/v1/tenants/" + name).then().statusCode(200);

    Change change = last(catchUp(watcher, ""));

    assertThat(change.isRemoval()).isTrue();
    assertThat(change.id()).hasToString(id);
  }

  @Test
  void aNameThatIsUsedAgainKeepsItsFormerTokensDead() {
    String name = unique();
    register(name);
    asOperator().delete("/api/v1/tenants/" + name);
    asOperator().body("{\"name\":\"" + name + "\",\"reuse\":true}").post("/api/v1/tenants");

    Change change = last(catchUp(watcher, ""));

    TenantEntry entry = FeedJson.read(change.content().orElseThrow(), TenantEntry.class);
    assertThat(entry.tokensNotBefore()).isPresent();
    long now = System.currentTimeMillis() / 1000;
    assertThat(entry.tokensNotBefore().orElseThrow()).isBetween(now - 60, now + 2);
  }

  @Test
  void aWaitingWatcherIsAnsweredWhenAChangeComes() throws Exception {
    FeedPage start = catchUp(watcher, "");
    CompletableFuture<Response> waiting = later(() -> ask(watcher, start, "&wait=30s"));

    String name = unique();
    register(name);

    FeedPage news = page(waiting.get(10, TimeUnit.SECONDS));
    assertThat(news.since()).isEqualTo(start.revision());
    assertThat(news.changes())
        .singleElement()
        .matches(it -> it.content().orElse("").contains(name));
    assertThat(news.head()).isEqualTo(news.revision());
  }

  @Test
  void aWatcherThatWaitsInVainGetsAnEmptyPage() {
    FeedPage start = catchUp(watcher, "");

    FeedPage nothing = page(ask(watcher, start, "&wait=200ms"));

    assertThat(nothing.changes()).isEmpty();
    assertThat(nothing.revision()).isEqualTo(start.revision());
    assertThat(nothing.hash()).isEqualTo(start.hash());
    assertThat(nothing.reset()).isFalse();
  }

  @Test
  void theHashesChainAllChanges() {
    IntStream.range(0, 5).forEach(i -> register(unique()));

    FeedPage all = catchUp(watcher, "");

    FeedHash hash = FeedHash.NONE;
    for (Change change : all.changes()) {
      hash =
          hash.next(change.revision(), change.kind(), change.id(), change.at(), change.content());
      assertThat(change.hash()).isEqualTo(hash);
    }
    assertThat(all.hash()).isEqualTo(hash);
  }

  @Test
  void revisionsHaveNoGapsUnderParallelWriters() {
    FeedPage before = catchUp(watcher, "");

    List<CompletableFuture<Response>> writers =
        IntStream.range(0, 40).mapToObj(i -> later(() -> register(unique()))).toList();
    List<Long> revisions =
        writers.stream()
            .map(writer -> writer.join().then().statusCode(201).extract().jsonPath())
            .map(json -> json.getLong("revision"))
            .sorted()
            .toList();

    assertThat(revisions)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(before.head() + 1, before.head() + 40).boxed().toList());
    FeedPage after = page(ask(watcher, before, "&wait=0s"));
    assertThat(after.changes()).extracting(Change::revision).containsExactlyElementsOf(revisions);
  }

  @Test
  void aWatcherAheadOfTheHeadHasAnotherHistory() {
    FeedPage head = catchUp(watcher, "");
    FeedPage ahead =
        new FeedPage(
            head.epoch(), false, 0, head.revision() + 1, head.hash(), head.head(), List.of());

    refusedAsOtherHistory(ask(watcher, ahead, ""));
  }

  @Test
  void aWatcherOfAnotherEpochHasAnotherHistory() {
    FeedPage head = catchUp(watcher, "");
    FeedPage other =
        new FeedPage(
            UUID.randomUUID(), false, 0, head.revision(), head.hash(), head.head(), List.of());

    refusedAsOtherHistory(ask(watcher, other, ""));
  }

  @Test
  void aWatcherWithAnotherHashHasAnotherHistory() {
    register(unique());
    FeedPage head = catchUp(watcher, "");
    FeedHash forged = new FeedHash("f".repeat(64));
    FeedPage other =
        new FeedPage(head.epoch(), false, 0, head.revision(), forged, head.head(), List.of());

    refusedAsOtherHistory(ask(watcher, other, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=-1",
        "since=x",
        "since=5",
        "since=0&wait=61s",
        "since=0&wait=-1s",
        "since=0&wait=soon",
        "since=0&epoch=1",
        "since=0&hash=abc",
        "since=0&kind=A",
        "since=0&name=a%20b",
        "since=0&max-staleness=x",
        "since=0&max-staleness=-PT1S",
        "since=0&predecessor=a/b",
      })
  void aBadQuestionIsRefused(String question) {
    asOperator()
        .urlEncodingEnabled(false)
        .get("/internal/v1/changes?watcher=" + watcher + "&" + question)
        .then()
        .statusCode(400)
        .body("code", equalTo("field_invalid"));
  }

  @Test
  void aWatcherHasToNameItself() {
    asOperator().get("/internal/v1/changes?since=0").then().statusCode(400);
  }

  @Test
  void aTenantCannotFollowTheFeed() {
    as("acme")
        .get("/internal/v1/changes?since=0&watcher=" + watcher)
        .then()
        .statusCode(403)
        .body("code", equalTo("not_allowed"));
  }

  @Test
  void manyWatchersAreWokenByOneChange() {
    FeedPage start = catchUp(watcher, "");
    List<String> ids = IntStream.range(0, 60).mapToObj(i -> newId()).toList();
    List<CompletableFuture<Response>> waiting =
        ids.stream().map(id -> later(() -> ask(id, start, "&wait=30s"))).toList();

    register(unique());

    assertThat(waiting)
        .allSatisfy(
            answer ->
                assertThat(answer.get(20, TimeUnit.SECONDS).jsonPath().getList("changes"))
                    .isNotEmpty());
    ids.forEach(Followers::goodbye);
  }

  @Test
  void anAnswerComesWellBeforeTheNextPoll() {
    FeedPage standing = catchUp(watcher, "");
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      FeedPage asked = standing;
      CompletableFuture<Response> waiting = later(() -> ask(watcher, asked, "&wait=30s"));
      register(unique());
      long created = System.nanoTime();
      standing = page(waiting.join());
      fastest = Math.min(fastest, System.nanoTime() - created);
    }

    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(500));
  }

  private static void refusedAsOtherHistory(Response response) {
    response.then().statusCode(409).body("code", equalTo("feed_history_differs"));
  }

  private static Change last(FeedPage page) {
    return page.changes().get(page.changes().size() - 1);
  }

  private static String unique() {
    return "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }
}
