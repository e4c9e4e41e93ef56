package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.FeedReplica.Next;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is served and acknowledged of a feed. */
class FeedReplicaTest extends ReplicaScene {

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
  void aServiceThatIsGoneChangesNothing() {
    catchUp(history);

    assertThat(answer(new Answer.Unreachable("gone"))).isEqualTo(Next.AFTER_A_PAUSE);
    assertThat(answer(new Answer.Refused("401"))).isEqualTo(Next.AFTER_A_PAUSE);

    assertServes("aa", "bb", "cc");
    assertThat(replica.ask().since()).isEqualTo(history.position());
  }

  @Test
  void theAgeCountsFromTheQuestionThatWasAnswered() {
    Ask ask = replica.ask();
    Time.Moment askedAt = clock.time.moment();
    clock.pass(Duration.ofSeconds(25));

    replica.take(ask, new Answer.Page(history.page(0)), askedAt);

    assertThat(status.age(clock.time.moment())).contains(Duration.ofSeconds(25));
  }
}
