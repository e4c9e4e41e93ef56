package dev.gatehouse.tenant.feed;

import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static dev.gatehouse.tenant.feed.Followers.ask;
import static dev.gatehouse.tenant.feed.Followers.newId;
import static dev.gatehouse.tenant.feed.Followers.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.tenant.ImpatientPostgres;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 7,000 changes of 6,500 objects that were made ten days ago. The last 500 changes supersede the
 * first 500, and the first hundred of them are removals. So 6,400 objects are left.
 */
@QuarkusTest
@WithTestResource(ImpatientPostgres.class)
class CompactionTest {

  /** Locks tables in the order of the sweep, so that neither waits for the other. */
  private static final String HISTORY =
      """
      TRUNCATE watcher, change;
      UPDATE feed_head
        SET epoch = gen_random_uuid(), revision = 7000, hash = repeat(md5('7000'), 2),
            compacted_through = 0;
      INSERT INTO change (revision, kind, id, at, content, hash)
      SELECT i, 'tenant', md5((i % 6500)::text)::uuid, now() - interval '10 days',
             CASE WHEN i BETWEEN 6501 AND 6600 THEN NULL ELSE '{}' END, repeat(md5(i::text), 2)
      FROM generate_series(1, 7000) AS i
      """;

  TestDatabase database;

  private String watcher = "";

  @BeforeEach
  void muchHasHappenedLongAgo() {
    watcher = newId();
    untilReady();
    database.execute(HISTORY);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> database.query("SELECT compacted_through FROM feed_head").equals("6999"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> database.query("SELECT count(*) FROM change").equals("6400"));
  }

  @Test
  void whoStartsFromNothingGetsWhatIsLeftInPages() {
    FeedPage first = page(ask(watcher, null, "&wait=0s"));

    assertThat(first.changes()).hasSize(FeedPage.MAX_CHANGES);
    assertThat(first.head()).isEqualTo(7_000);
    assertThat(first.revision()).isLessThan(7_000);
    assertIsWhatIsLeft(restAfter(first));
  }

  @Test
  void whoWasAwayForTooLongStartsAgain() {
    FeedPage first = page(ask(watcher, standingAt(1_000), "&wait=0s"));

    assertThat(first.reset()).isTrue();
    assertThat(first.changes()).hasSize(FeedPage.MAX_CHANGES);
    assertIsWhatIsLeft(restAfter(first));
  }

  @Test
  void whoLostTheFirstAnswerStartsAgain() {
    FeedPage lost = page(ask(watcher, standingAt(1_000), "&wait=0s"));
    FeedPage again = page(ask(watcher, standingAt(1_000), "&wait=0s"));

    assertThat(again.reset()).isTrue();
    assertThat(again).isEqualTo(lost);
  }

  @Test
  void whoStoodExactlyWhereTheFirstPageEndsStartsAgainToo() {
    FeedPage first = page(ask(watcher, standingAt(1_000), "&wait=0s"));
    String other = newId();

    FeedPage reset = page(ask(other, standingAt(first.revision()), "&wait=0s"));
    FeedPage again = page(ask(other, standingAt(first.revision()), "&wait=0s"));

    assertThat(reset.reset()).isTrue();
    assertThat(reset.revision()).isLessThan(first.revision());
    assertThat(again.reset()).isTrue();
  }

  @Test
  void whoIsOnTheWayToTheHeadHasAppliedNothing() {
    FeedPage first = page(ask(watcher, null, "&wait=0s"));
    page(ask(watcher, first, "&wait=0s"));

    assertThat(applied()).isEqualTo("0");

    FeedPage all = restAfter(page(ask(watcher, null, "&wait=0s")));
    page(ask(watcher, all, "&wait=0s"));
    assertThat(applied()).isEqualTo("7000");
  }

  @Test
  void whatIsYoungStays() {
    database.execute(
        """
        INSERT INTO change (revision, kind, id, at, content, hash)
        SELECT i, 'tenant', md5('young')::uuid, now(), NULL, repeat(md5(i::text), 2)
        FROM generate_series(7001, 7003) AS i;
        UPDATE feed_head SET revision = 7003, hash = repeat(md5('7003'), 2)
        """);

    await()
        .during(Duration.ofMillis(600))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> database.query("SELECT count(*) FROM change WHERE revision > 7000").equals("3"));
    FeedPage news = page(ask(watcher, standingAt(7_000), "&wait=0s"));
    assertThat(news.reset()).isFalse();
    assertThat(news.changes()).hasSize(3);
  }

  private FeedPage restAfter(FeedPage first) {
    List<Change> all = new ArrayList<>(first.changes());
    FeedPage page = first;
    while (page.revision() < page.head()) {
      page = page(ask(watcher, page, "&wait=0s"));
      assertThat(page.reset()).isFalse();
      all.addAll(page.changes());
    }
    return new FeedPage(page.epoch(), false, 0, page.revision(), page.hash(), page.head(), all);
  }

  private static void assertIsWhatIsLeft(FeedPage all) {
    assertThat(all.changes()).hasSize(6_400).noneMatch(Change::isRemoval);
    assertThat(all.changes().stream().map(Change::id).distinct()).hasSize(6_400);
    assertThat(all.revision()).isEqualTo(7_000);
  }

  private FeedPage standingAt(long revision) {
    UUID epoch = UUID.fromString(database.query("SELECT epoch FROM feed_head"));
    FeedHash hash = new FeedHash(database.query("SELECT repeat(md5('" + revision + "'), 2)"));
    return new FeedPage(epoch, false, 0, revision, hash, 7_000, List.of());
  }

  private String applied() {
    return database.query("SELECT applied FROM watcher WHERE id = '" + watcher + "'");
  }
}
