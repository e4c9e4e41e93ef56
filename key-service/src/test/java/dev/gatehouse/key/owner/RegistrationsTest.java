package dev.gatehouse.key.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegistrationsTest {

  private static final UUID ACME = UUID.randomUUID();
  private static final UUID GLOBEX = UUID.randomUUID();
  private static final UUID LATER = UUID.randomUUID();

  @Test
  void theLastChangeOfARegistrationCounts() {
    Registrations news =
        Registrations.of(List.of(there(ACME), gone(ACME), gone(GLOBEX), there(GLOBEX)));

    assertThat(news).isEqualTo(new Registrations(Set.of(GLOBEX), Set.of(ACME)));
  }

  @Test
  void changesOfOtherKindsSayNothing() {
    Change other = new Change(1, "weather", ACME, Instant.EPOCH, Optional.empty(), FeedHash.NONE);

    assertThat(Registrations.of(List.of(other))).isEqualTo(Registrations.NONE);
  }

  @Test
  void ofAWholeHistoryWhatItDoesNotHoldIsGone() {
    Replay replay =
        Replay.of(Set.of(ACME, GLOBEX), Optional.empty())
            .after(List.of(there(ACME)), FeedPosition.START);

    assertThat(replay.outcome().removed()).containsExactly(GLOBEX);
  }

  @Test
  void whatWasBoundAfterTheFirstPageWasAskedForMayBeNewerThanThePages() {
    Replay replay =
        Replay.of(Set.of(ACME), Optional.empty()).after(List.of(there(ACME)), FeedPosition.START);

    assertThat(replay.outcome().removed()).doesNotContain(LATER);
  }

  @Test
  void onlyTheEpochThatWasAcceptedIsTaken() {
    UUID accepted = UUID.randomUUID();

    assertThat(Replay.of(Set.of(), Optional.of(accepted)).permits(accepted)).isTrue();
    assertThat(Replay.of(Set.of(), Optional.of(accepted)).permits(UUID.randomUUID())).isFalse();
    assertThat(Replay.of(Set.of(), Optional.empty()).permits(accepted)).isTrue();
  }

  private static Change there(UUID id) {
    return new Change(1, "tenant", id, Instant.EPOCH, Optional.of("{}"), FeedHash.NONE);
  }

  private static Change gone(UUID id) {
    return new Change(1, "tenant", id, Instant.EPOCH, Optional.empty(), FeedHash.NONE);
  }
}
