package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.gateway.trust.FeedReplica.Next;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When another history takes the place of the one that is followed. */
class ReplicaSuccessionTest extends ReplicaScene {

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
  void anotherHistoryThatAnOperatorAcceptedIsTakenFromItsBeginning() {
    catchUp(history);
    History other = new History().tenant("zz").tenant("yy").tenant("xx");

    assertThat(answer(accepted(other.epoch))).isEqualTo(Next.AT_ONCE);

    assertThat(replica.ask().since()).isEqualTo(FeedPosition.START);
    catchUp(other);
    assertServes("xx", "yy", "zz");
    restart();
    assertServes("xx", "yy", "zz");
    assertThat(status.epoch()).contains(other.epoch);
  }

  @Test
  void onlyAPageOfExactlyTheAcceptedEpochIsTaken() {
    catchUp(history);
    History other = new History().tenant("zz");
    answer(accepted(UUID.randomUUID()));

    assertThat(answer(other.page(0))).isEqualTo(Next.RARELY);

    assertServes("aa", "bb", "cc");
    assertThat(status.view()).isEqualTo(FeedView.State.OTHER_HISTORY);
    assertThat(replica.ask()).isEqualTo(new Ask(history.position(), true, Duration.ofSeconds(25)));
  }

  @Test
  void theEpochThatIsFollowedIsNoOther() {
    catchUp(history);

    assertThat(answer(accepted(history.epoch))).isEqualTo(Next.RARELY);

    assertThat(replica.ask().since()).isEqualTo(history.position());
  }

  @Test
  void anEpochThatWasLeftIsNotAcceptedAgainAlsoAfterARestart() {
    History other = new History().tenant("zz");
    catchUp(history);
    answer(accepted(other.epoch));
    catchUp(other);

    assertThat(answer(accepted(history.epoch))).isEqualTo(Next.RARELY);
    restart();

    assertThat(answer(accepted(history.epoch))).isEqualTo(Next.RARELY);
    assertServes("zz");
  }

  @Test
  void anAcceptanceForAnotherFeedOrUnderAnotherKeySaysNothing() {
    catchUp(history);
    UUID epoch = UUID.randomUUID();
    AuthApiKey stranger = new AuthApiKey("x".repeat(AuthApiKey.MIN_LENGTH), Optional.empty());

    assertThat(answer(otherHistory(AcceptedEpoch.write(KEY, "keys", epoch))))
        .isEqualTo(Next.RARELY);
    assertThat(answer(otherHistory(AcceptedEpoch.write(stranger, "tenants", epoch))))
        .isEqualTo(Next.RARELY);
    assertThat(answer(otherHistory("nonsense"))).isEqualTo(Next.RARELY);
  }

  @Test
  void aFileThatIsWrittenAnewDoesNotBringInAnOlderHistory() {
    History dump = history.dump();
    catchUp(history.removeTenant("bb"));
    disk.failsToForce(true);
    answer(history.removeTenant("cc").page(4));
    answer(history.page(5));
    disk.failsToForce(false);
    assertThat(replica.ask().since()).isEqualTo(FeedPosition.START);

    assertThat(answer(dump.page(0))).isEqualTo(Next.RARELY);

    assertServes("aa");
    assertThat(replica.ask())
        .as("a question that the service can see the difference by")
        .isEqualTo(new Ask(history.position(), false, Duration.ofSeconds(10)));
  }

  private static Answer accepted(UUID epoch) {
    return otherHistory(AcceptedEpoch.write(KEY, "tenants", epoch));
  }

  private static Answer otherHistory(String acceptance) {
    return new Answer.OtherHistory(Optional.of(acceptance));
  }
}
