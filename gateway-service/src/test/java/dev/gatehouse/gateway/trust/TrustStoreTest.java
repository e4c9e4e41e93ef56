package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustStoreTest {

  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final TestTime clock = new TestTime();
  private final TrustStore store = new TrustStore(clock.time, Optional.of(LIMIT));

  @Test
  void eachSwapIsAGenerationAndKeepsTheOtherPart() {
    Trust other = TrustBuilder.trust().tenants("acme").anchor(TestKeys.ed25519(), "acme").build();

    store.tenants(other.tenants());
    store.keys(new Keys(other.anchors(), other.issuers(), other.revocations()));

    assertThat(store.current())
        .isEqualTo(
            new Trust(2, other.tenants(), other.anchors(), other.issuers(), other.revocations()));
  }

  @Test
  void whatWasNeverConfirmedIsStale() {
    assertThat(store.stale()).isTrue();
    contact();
    assertThat(store.stale()).isFalse();
  }

  @Test
  void onceAFeedIsSilentForTooLongTheTrustIsStale() {
    contact();
    clock.pass(LIMIT);
    assertThat(store.stale()).isFalse();

    clock.pass(Duration.ofMillis(1));
    assertThat(store.stale()).isTrue();

    store.keysFeed().contact(clock.time.moment());
    assertThat(store.stale()).as("the other is silent still").isTrue();
  }

  @Test
  void settingTheClockBackMakesNothingYounger() {
    contact();
    clock.pass(LIMIT.plusMillis(1));

    clock.setWall(clock.now().minus(Duration.ofHours(1)));

    assertThat(store.stale()).isTrue();
  }

  @Test
  void timeThatTheMachineSleptCountsToo() {
    contact();

    clock.setWall(clock.now().plus(LIMIT).plusMillis(1));

    assertThat(store.stale()).isTrue();
  }

  @Test
  void withoutALimitNothingIsEverStale() {
    assertThat(new TrustStore(clock.time, Optional.empty()).stale()).isFalse();
  }

  @Test
  void theClockNeverRunsBelowTheNewestTimeSeen() {
    assertThat(store.now()).isEqualTo(clock.now());

    Instant newest = clock.now().plusSeconds(60);
    store.keysFeed().saw(newest);
    store.tenantsFeed().saw(clock.now());

    assertThat(store.now()).isEqualTo(newest);
    clock.pass(Duration.ofSeconds(61));
    assertThat(store.now()).isEqualTo(clock.now());
  }

  @Test
  void onceReadyItStaysReady() {
    FeedState atHead = FeedState.UNKNOWN.atHead();
    store.tenantsFeed().state(atHead);
    store.keysFeed().state(atHead);
    assertThat(store.ready()).isTrue();

    store.keysFeed().state(FeedState.UNKNOWN);

    assertThat(store.ready()).isTrue();
  }

  @Test
  void onceGivenUpNothingIsServedAnyMore() {
    contact();
    store.tenantsFeed().state(FeedState.UNKNOWN.atHead());
    store.keysFeed().state(FeedState.UNKNOWN.atHead());

    store.giveUp();

    assertThat(store.ready()).isFalse();
    assertThat(store.stale()).isTrue();
  }

  private void contact() {
    store.tenantsFeed().contact(clock.time.moment());
    store.keysFeed().contact(clock.time.moment());
  }
}
