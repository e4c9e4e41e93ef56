package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.FeedReplica.Next;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedReplicaTest {

  private static final int LIMIT = 2;

  @TempDir Path folder;

  private final TestTime clock = new TestTime();
  private final FaultyDisk disk = new FaultyDisk();
  private final List<Event> events = new ArrayList<>();
  private final List<Tenants> published = new ArrayList<>();
  private final History history = new History().tenant("aa").tenant("bb").tenant("cc");
  private FeedStatus status = new FeedStatus("tenants");
  private StateDirectory directory;
  private FeedReplica<Tenants> replica;

  @BeforeEach
  void start() {
    directory = StateDirectory.open(folder);
    replica = replica(false);
    replica.load();
  }

  @AfterEach
  void stop() {
    replica.close();
    directory.close();
  }

  @Test
  void nothingIsPublishedBeforeTheHeadOfTheFirstRead() {
    assertThat(answer(history.page(0, LIMIT, false))).isEqualTo(Next.AT_ONCE);

    assertThat(published).isEmpty();
    assertThat(status.state().head()).isFalse();
    assertThat(replica.ask().since().revision()).isEqualTo(LIMIT);
  }

  @Test
  void atTheHeadEverythingIsServedAndAcknowledged() {
    catchUp(history);

    assertThat(published).hasSize(1);
    assertServes("aa", "bb", "cc");
    assertThat(status.revision()).isEqualTo(3);
    assertThat(status.state().head()).isTrue();
    assertThat(replica.ask()).isEqualTo(new Ask(history.position(), true, Duration.ofSeconds(25)));
  }

  @Test
  void noAnswerIsWaitedForBeforeTheHead() {
    assertThat(replica.ask()).isEqualTo(new Ask(FeedPosition.START, true, Duration.ZERO));
  }

  @Test
  void aChangeIsServedAtOnce() {
    catchUp(history);

    catchUp(history.removeTenant("bb"));

    assertServes("aa", "cc");
    assertThat(tenants().byName(new TenantId("bb"))).isEmpty();
  }

  @Test
  void onlyWhatTakesAwayIsForcedBeforeItIsAcknowledged() {
    catchUp(history);
    int before = disk.forced();

    catchUp(history.tenant("dd"));
    assertThat(disk.forced()).isEqualTo(before);

    catchUp(history.removeTenant("dd"));
    assertThat(disk.forced()).isEqualTo(before + 1);
  }

  @Test
  void aRemovalThatCannotBeKeptIsServedButNotAcknowledged() {
    catchUp(history);
    FeedPosition kept = history.position();
    disk.full(true);

    assertThat(answer(history.removeTenant("bb").page(3))).isEqualTo(Next.AFTER_A_PAUSE);

    assertServes("aa", "cc");
    assertThat(events).containsExactly(Event.JOURNAL_FAILED);
    assertThat(replica.ask().acknowledges()).isFalse();
    assertThat(answer(history.page(4))).isEqualTo(Next.AT_ONCE);
    assertThat(replica.ask()).isEqualTo(new Ask(kept, true, Duration.ZERO));
  }

  @Test
  void aCreationThatCannotBeKeptIsNotAcknowledgedEither() {
    catchUp(history);
    disk.full(true);

    answer(history.tenant("dd").page(3));

    assertServes("aa", "bb", "cc", "dd");
    assertThat(replica.ask().acknowledges()).isFalse();
  }

  @Test
  void whileNothingCanBeKeptFurtherRemovalsAreServedAllTheSame() {
    catchUp(history);
    disk.full(true);
    answer(history.removeTenant("bb").page(3));

    assertThat(replica.ask().since().revision()).isEqualTo(4);
    answer(history.removeTenant("cc").page(4));

    assertServes("aa");
    assertThat(replica.ask().since().revision()).isEqualTo(3);
  }

  @Test
  void onceTheDiskIsWellAgainAllIsKeptAndAcknowledged() {
    catchUp(history);
    disk.full(true);
    answer(history.removeTenant("bb").page(3));
    answer(history.removeTenant("cc").page(4));
    int swaps = published.size();
    disk.full(false);

    assertThat(answer(history.page(3))).isEqualTo(Next.AT_ONCE);

    assertThat(published).as("nothing is applied twice").hasSize(swaps);
    assertThat(replica.ask()).isEqualTo(new Ask(history.position(), true, Duration.ofSeconds(25)));
    restart();
    assertServes("aa");
  }

  @Test
  void aFileThatIsInDoubtAfterAFailedForceIsWrittenAnewFromTheBeginning() {
    catchUp(history);
    disk.failsToForce(true);
    answer(history.removeTenant("bb").page(3));
    answer(history.page(4));
    disk.failsToForce(false);

    assertThat(replica.ask()).isEqualTo(new Ask(FeedPosition.START, true, Duration.ZERO));
    catchUp(history);

    assertThat(replica.ask().since()).isEqualTo(history.position());
    restart();
    assertServes("aa", "cc");
  }

  @Test
  void aFirstReadThatCannotBeKeptIsServedAndTriedAgain() {
    disk.full(true);
    answer(history.page(0));

    assertServes("aa", "bb", "cc");
    assertThat(status.state().head()).isTrue();
    assertThat(replica.ask()).isEqualTo(new Ask(history.position(), false, Duration.ofSeconds(10)));
    answer(history.page(3));
    disk.full(false);
    assertThat(replica.ask().since()).isEqualTo(FeedPosition.START);
    catchUp(history);

    assertThat(replica.ask().since()).isEqualTo(history.position());
  }

  @Test
  void aResetIsBuiltAsideAndSwappedInAtTheHeadOnly() {
    catchUp(history);
    history.removeTenant("aa").tenant("dd").tenant("ee").compact();

    assertThat(answer(history.page(3, LIMIT, true))).isEqualTo(Next.AT_ONCE);
    assertServes("aa", "bb", "cc");
    catchUp(history);

    assertServes("bb", "cc", "dd", "ee");
    assertThat(replica.ask().since()).isEqualTo(history.position());
  }

  @Test
  void aResetMidwayOfAnotherBeginsAnew() {
    catchUp(history);
    history.removeTenant("aa").tenant("dd").tenant("ee");
    answer(history.page(3, LIMIT, true));

    answer(history.tenant("ff").page(2, LIMIT, true));
    assertThat(replica.ask().since().revision()).isEqualTo(2);
    catchUp(history);

    assertServes("bb", "cc", "dd", "ee", "ff");
  }

  @Test
  void aStateBuiltAnewKeepsTheObjectsThatDidNotChange() {
    catchUp(history);
    Tenant before = tenants().byName(new TenantId("aa")).orElseThrow();

    answer(history.page(3, 100, true));

    assertThat(tenants().byName(new TenantId("aa"))).containsSame(before);
  }

  @Test
  void aPageThatDoesNotContinueIsNotAppliedAndAlarms() {
    catchUp(history);
    FeedPage page = history.removeTenant("aa").page(3);
    Change change = page.changes().get(0);
    Change forged =
        new Change(
            4,
            change.kind(),
            TrustBuilder.idOf("bb"),
            change.at(),
            Optional.empty(),
            change.hash());

    Next next = answer(new FeedPage(page.epoch(), false, 3, 4, page.hash(), 4, List.of(forged)));

    assertThat(next).isEqualTo(Next.RARELY);
    assertThat(events).containsExactly(Event.HISTORY_ALARM);
    assertServes("aa", "bb", "cc");
    assertThat(replica.ask().since().revision()).isEqualTo(3);
  }

  @Test
  void aPageWithAKindThatNobodyKnowsIsNotAcknowledged() {
    catchUp(history);

    Next next = answer(history.add("quota", UUID.randomUUID(), "{}").page(3));

    assertThat(next).isEqualTo(Next.RARELY);
    assertThat(replica.ask().since().revision()).isEqualTo(3);
  }

  @Test
  void anotherHistoryChangesNothingAndAlarms() {
    catchUp(history);

    assertThat(answer(new Answer.OtherHistory())).isEqualTo(Next.RARELY);

    assertThat(events).containsExactly(Event.HISTORY_ALARM);
    assertServes("aa", "bb", "cc");
    assertThat(replica.ask().since()).isEqualTo(history.position());
  }

  @Test
  void anotherHistoryIsTakenOverWhereThatIsAllowed() {
    replica.close();
    replica = replica(true);
    catchUp(history);
    History other = new History().tenant("zz").tenant("yy").tenant("xx");

    assertThat(answer(new Answer.OtherHistory())).isEqualTo(Next.AT_ONCE);
    assertThat(replica.ask().since()).isEqualTo(FeedPosition.START);
    answer(other.page(0, LIMIT, false));
    assertServes("aa", "bb", "cc");
    catchUp(other);

    assertServes("xx", "yy", "zz");
    assertThat(replica.ask().since()).isEqualTo(other.position());
    restart();
    assertServes("xx", "yy", "zz");
  }

  @Test
  void anotherHistoryMidwayOfAFirstReadBeginsItAnew() {
    answer(history.page(0, LIMIT, false));

    assertThat(answer(new Answer.OtherHistory())).isEqualTo(Next.AFTER_A_PAUSE);

    assertThat(replica.ask().since()).isEqualTo(FeedPosition.START);
    assertThat(events).isEmpty();
  }

  @Test
  void aServiceThatIsGoneChangesNothing() {
    catchUp(history);

    assertThat(answer(new Answer.Unreachable("gone"))).isEqualTo(Next.AFTER_A_PAUSE);
    assertThat(answer(new Answer.Refused("401"))).isEqualTo(Next.AFTER_A_PAUSE);

    assertServes("aa", "bb", "cc");
    assertThat(replica.ask().since()).isEqualTo(history.position());
  }

  @Test
  void afterARestartTheDiskIsServedAndAskedOnFrom() {
    catchUp(history.removeTenant("bb"));

    restart();

    assertServes("aa", "cc");
    assertThat(status.state()).isEqualTo(new FeedState(true, false, false, false));
    assertThat(replica.ask()).isEqualTo(new Ask(history.position(), true, Duration.ZERO));
  }

  @Test
  void aCopyThatWasGivenUpIsTakenBackAtTheHead() throws Exception {
    catchUp(history);
    replica.release();
    restart();
    assertThat(status.state().released()).isTrue();

    catchUp(history);
    restart();

    assertThat(status.state().released()).isFalse();
  }

  @Test
  void aCopyThatWasGivenUpStaysSoUntilTheHeadIsKept() throws Exception {
    catchUp(history);
    replica.release();
    restart();
    history.removeTenant("aa").removeTenant("bb").removeTenant("cc");

    answer(history.page(3, 1, false));
    restart();
    assertThat(status.state().released()).isTrue();

    disk.full(true);
    catchUpOnce();
    disk.full(false);
    restart();
    assertThat(status.state().released()).isTrue();
  }

  @Test
  void thatTheServiceWasThereIsKeptNowAndThen() {
    catchUp(history);
    int before = disk.forced();

    clock.pass(Duration.ofMinutes(9));
    catchUp(history);
    assertThat(disk.forced()).isEqualTo(before);

    clock.pass(Duration.ofMinutes(1));
    catchUp(history);
    assertThat(disk.forced()).isEqualTo(before + 1);
    Instant last = clock.now();
    restart();
    clock.pass(Duration.ofMinutes(5));
    assertThat(status.age(clock.time.moment())).contains(Duration.between(last, clock.now()));
  }

  @Test
  void theAgeCountsFromTheQuestionThatWasAnswered() {
    Ask ask = replica.ask();
    Time.Moment askedAt = clock.time.moment();
    clock.pass(Duration.ofSeconds(25));

    replica.take(ask, new Answer.Page(history.page(0)), askedAt);

    assertThat(status.age(clock.time.moment())).contains(Duration.ofSeconds(25));
  }

  @Test
  void theNewestTimeOfTheFeedIsSeenAlsoAfterARestart() {
    Instant newest = Instant.parse("2030-01-01T00:00:00Z");
    catchUp(history.clock(newest).tenant("dd"));
    assertThat(status.newest()).isEqualTo(newest);

    restart();

    assertThat(status.newest()).isEqualTo(newest);
  }

  private Next answer(FeedPage page) {
    return answer(new Answer.Page(page));
  }

  private Next answer(Answer answer) {
    return replica.take(replica.ask(), answer, clock.time.moment());
  }

  /** Asks and answers until nothing is left to say. */
  private void catchUp(History from) {
    do {
      answer(from.page(replica.ask().since().revision(), LIMIT, false));
    } while (!replica.ask().since().equals(from.position()));
    answer(from.page(from.head()));
  }

  private void catchUpOnce() {
    answer(history.page(replica.ask().since().revision()));
  }

  private void restart() {
    replica.close();
    status = new FeedStatus("tenants");
    published.clear();
    replica = replica(false);
    replica.load();
  }

  private Tenants tenants() {
    return published.get(published.size() - 1);
  }

  private void assertServes(String... names) {
    assertThat(tenants().size()).isEqualTo(names.length);
    assertThat(names)
        .allSatisfy(name -> assertThat(tenants().byName(new TenantId(name))).isPresent());
  }

  private FeedReplica<Tenants> replica(boolean acceptOtherHistory) {
    Journal journal =
        new DiskJournal(
            directory,
            "tenants",
            new AuthApiKey("k".repeat(AuthApiKey.MIN_LENGTH), Optional.empty()),
            Duration.ofDays(7),
            clock.time,
            disk,
            () -> events.add(Event.JOURNAL_REFUSED));
    return new FeedReplica<>(
        new Followed<>(new TenantProjection(), status, published::add, events::add),
        journal,
        FeedSettings.of(acceptOtherHistory, Duration.ofDays(7), Optional.empty()),
        clock.time);
  }
}
