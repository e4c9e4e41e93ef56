package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.gateway.trust.FeedReplica.Next;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is kept on the disk, and what comes of it when it fails. */
class ReplicaDiskTest extends ReplicaScene {

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
  void theNewestTimeOfTheFeedIsSeenAlsoAfterARestart() {
    Instant newest = Instant.parse("2030-01-01T00:00:00Z");
    catchUp(history.clock(newest).tenant("dd"));
    assertThat(status.newest()).isEqualTo(newest);

    restart();

    assertThat(status.newest()).isEqualTo(newest);
  }
}
