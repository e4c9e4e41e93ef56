package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.name.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both feeds over real HTTP and a real disk, through starts, crashes and stops. */
class TrustFeedsTest {

  private static final PublicKey KEY = TestKeys.ed25519();
  private static final String API_KEY = "k".repeat(AuthApiKey.MIN_LENGTH);
  private static Vertx vertx;

  @TempDir Path folder;

  private final FakeFeed tenants = new FakeFeed(new History().tenant("acme").tenant("other"));
  private final FakeFeed keys = new FakeFeed(new History().anchor(UUID.randomUUID(), KEY, "acme"));
  private final FaultyDisk disk = new FaultyDisk();
  private final List<Gateway> gateways = new ArrayList<>();

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    gateways.forEach(Gateway::crash);
    tenants.close();
    keys.close();
  }

  @Test
  void aGatewayIsReadyWithEverythingAndRegistered() {
    Gateway gateway = start();

    soon(() -> assertThat(gateway.store.ready()).isTrue());
    assertThat(gateway.knows("acme")).isTrue();
    assertThat(gateway.store.current().anchors().size()).isEqualTo(1);
    soon(() -> assertThat(tenants.watchers().values()).containsExactly(2L));
    soon(() -> assertThat(keys.watchers().values()).containsExactly(1L));
    assertThat(gateway.store.keysRevision()).isEqualTo(1);
    assertThat(tenants.questions().get(0))
        .containsEntry("key", API_KEY)
        .containsEntry("name", "test");
  }

  @Test
  void aFeedOfSeveralPagesIsReadToItsEnd() {
    tenants.change(
        history -> {
          for (int i = 0; i < 20; i++) {
            history.tenant("team" + i);
          }
        });

    Gateway gateway = startReady();

    assertThat(gateway.store.current().tenants().size()).isEqualTo(22);
  }

  @Test
  void changesAndRemovalsArriveAndAreAcknowledged() {
    Gateway gateway = startReady();

    tenants.change(history -> history.tenant("new").removeTenant("other"));

    soon(() -> assertThat(gateway.knows("new")).isTrue());
    soon(() -> assertThat(gateway.knows("other")).isFalse());
    soon(() -> assertThat(tenants.watchers().values()).containsExactly(4L));
  }

  @Test
  void aRemovalIsServedButNotAcknowledgedWhileTheDiskIsFull() {
    Gateway gateway = startReady();
    soon(() -> assertThat(tenants.watchers().values()).containsExactly(2L));
    disk.full(true);

    tenants.change(history -> history.removeTenant("other"));
    soon(() -> assertThat(gateway.knows("other")).isFalse());
    tenants.change(history -> history.removeTenant("acme"));
    soon(() -> assertThat(gateway.knows("acme")).isFalse());
    assertThat(tenants.watchers().values()).containsExactly(2L);
    assertThat(gateway.count("gatehouse.trust.journal.failures", "tenants")).isPositive();

    disk.full(false);
    soon(() -> assertThat(tenants.watchers().values()).containsExactly(4L));
  }

  @Test
  void whatIsServedSurvivesThatTheServicesAreGone() {
    Gateway gateway = startReady();

    tenants.disconnect();
    keys.failWith(503);
    tenants.reconnect();
    tenants.change(history -> history.tenant("late"));

    soon(() -> assertThat(gateway.knows("late")).isTrue());
    assertThat(gateway.store.ready()).isTrue();
    assertThat(gateway.store.current().anchors().size()).isEqualTo(1);
    keys.failWith(0);
    keys.change(history -> history.anchor(UUID.randomUUID(), TestKeys.ec(), "*"));
    soon(() -> assertThat(gateway.store.current().anchors().size()).isEqualTo(2));
  }

  @Test
  void withoutADiskNothingIsServedUntilTheServicesAreThere() {
    tenants.disconnect();
    Gateway gateway = start(Optional.empty());

    soon(() -> assertThat(gateway.store.current().anchors().size()).isEqualTo(1));
    assertThat(gateway.store.ready()).isFalse();

    tenants.reconnect();
    soon(() -> assertThat(gateway.store.ready()).isTrue());
  }

  @Test
  void afterACrashTheDiskAloneIsServedWhileTheServicesAreGone() {
    startReady().crash();
    tenants.disconnect();
    keys.failWith(500);

    Gateway second = start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.knows("acme")).isTrue();
    assertThat(second.store.current().anchors().size()).isEqualTo(1);
  }

  @Test
  void theDiskAloneIsNotServedBeforeTheServicesWereAsked() {
    startReady().crash();
    keys.deaf(true);
    tenants.disconnect();

    Gateway second = start();

    soon(
        () ->
            assertThat(keys.questions().get(keys.questions().size() - 1))
                .containsEntry("since", "1")
                .containsEntry("wait", "0ms"));
    assertThat(second.knows("acme")).isTrue();
    assertThat(second.store.ready()).isFalse();
    keys.deaf(false);
    soon(() -> assertThat(second.store.ready()).isTrue());
  }

  @Test
  void aServiceThatRefusesTheKeyIsNotTakenForOneThatIsGone() {
    startReady().crash();
    int before = tenants.questions().size();
    tenants.failWith(401);

    Gateway second = start();

    soon(() -> assertThat(tenants.questions().size()).isGreaterThan(before + 1));
    assertThat(second.store.ready()).isFalse();
  }

  @Test
  void afterACrashTheNewProcessTakesThePlaceOfTheOldOne() {
    startReady().crash();
    String first = tenants.watchers().keySet().iterator().next();

    startReady();

    soon(() -> assertThat(tenants.watchers()).hasSize(1).doesNotContainKey(first));
    soon(() -> assertThat(keys.watchers()).hasSize(1));
    soon(
        () ->
            assertThat(tenants.questions().get(tenants.questions().size() - 1))
                .doesNotContainKey("predecessor"));
  }

  @Test
  void everyPredecessorIsNamedAlsoAfterCrashesWhileTheServiceWasGone() {
    startReady().crash();
    tenants.disconnect();
    start().crash();
    start().crash();
    tenants.reconnect();

    startReady();

    soon(() -> assertThat(tenants.watchers()).hasSize(1));
    assertThat(tenants.questions().stream().filter(it -> it.containsKey("predecessor")))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aStoppedGatewaySaysGoodbyeAndRefusesFromThenOn() {
    Gateway gateway = startReady();

    gateway.feeds.close();

    assertThat(tenants.watchers()).isEmpty();
    assertThat(keys.watchers()).isEmpty();
    assertThat(gateway.store.stale()).isTrue();
    assertThat(gateway.store.ready()).isFalse();
  }

  @Test
  void afterAGoodbyeTheDiskAloneIsNotServed() {
    startReady().feeds.close();
    tenants.disconnect();
    keys.disconnect();

    Gateway second = start();
    soon(() -> assertThat(second.store.tenantsFeed().state().cutOff()).isTrue());
    soon(() -> assertThat(second.store.keysFeed().state().cutOff()).isTrue());
    assertThat(second.store.ready()).isFalse();

    tenants.reconnect();
    soon(() -> assertThat(second.store.tenantsFeed().state().head()).isTrue());
    assertThat(second.store.ready()).isFalse();
    keys.reconnect();
    soon(() -> assertThat(second.store.ready()).isTrue());
  }

  @Test
  void afterAGoodbyeToOneServiceBothHaveToBeThere() {
    Gateway first = startReady();
    keys.disconnect();
    first.feeds.close();
    tenants.disconnect();

    Gateway second = start();

    soon(() -> assertThat(second.store.tenantsFeed().state().cutOff()).isTrue());
    soon(() -> assertThat(second.store.keysFeed().state().cutOff()).isTrue());
    assertThat(second.store.keysFeed().state().released()).isFalse();
    assertThat(second.store.ready()).isFalse();
  }

  @Test
  void aGoodbyeThatCertainlyDidNotArriveIsTakenBack() {
    Gateway first = startReady();
    tenants.disconnect();
    keys.failWith(503);
    first.feeds.close();

    Gateway second = start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.knows("acme")).isTrue();
  }

  @Test
  void aGoodbyeThatMayHaveArrivedIsNotTakenBack() {
    Gateway first = startReady();
    tenants.failWith(500);
    keys.failWith(500);
    first.feeds.close();
    tenants.disconnect();
    keys.disconnect();

    Gateway second = start();

    soon(() -> assertThat(second.store.tenantsFeed().state().cutOff()).isTrue());
    soon(() -> assertThat(second.store.keysFeed().state().cutOff()).isTrue());
    assertThat(second.store.ready()).isFalse();
  }

  @Test
  void onceTheHeadIsReachedAgainACrashMayBeSurvivedFromTheDisk() {
    startReady().feeds.close();
    startReady().crash();
    tenants.disconnect();
    keys.disconnect();

    Gateway third = start();

    soon(() -> assertThat(third.store.ready()).isTrue());
  }

  @Test
  void anotherHistoryIsAlarmedAndNotFollowed() {
    Gateway gateway = startReady();

    tenants.restore(new History().tenant("old"));

    soon(() -> assertThat(gateway.count("gatehouse.feed.history.alarms", "tenants")).isPositive());
    assertThat(gateway.knows("acme")).isTrue();
    assertThat(gateway.knows("old")).isFalse();
  }

  @Test
  void withAnotherHistoryThereIsWhatTheDiskHasAfterARestart() {
    startReady().crash();
    tenants.restore(new History().tenant("old"));

    Gateway second = start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.knows("acme")).isTrue();
  }

  @Test
  void anotherHistoryIsTakenOverWhereThatIsAllowed() {
    Gateway gateway = start(Optional.of(folder), true);
    soon(() -> assertThat(gateway.store.ready()).isTrue());

    tenants.restore(new History().tenant("old"));

    soon(() -> assertThat(gateway.knows("old")).isTrue());
    assertThat(gateway.knows("acme")).isFalse();
  }

  @Test
  void aGatewayThatWasAwayForLongGetsEverythingAnew() {
    startReady().crash();
    tenants.change(
        history -> {
          history.removeTenant("acme");
          for (int i = 0; i < 10; i++) {
            history.tenant("team" + i);
          }
          history.compact();
        });

    Gateway second = start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.store.current().tenants().size()).isEqualTo(11);
    assertThat(second.knows("acme")).isFalse();
  }

  @Test
  void twoGatewaysCannotShareAFolder() {
    startReady();

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in use by another gateway");
  }

  @Test
  void anIssuerWithoutKeysDoesNotHinderReadiness() {
    keys.change(history -> history.issuer("https://login.example/", it -> it.keysNeverFetched()));

    Gateway gateway = startReady();

    assertThat(gateway.store.current().issuers().byUrl("https://login.example/")).hasSize(1);
  }

  @Test
  void anUnknownKeyIsReportedToTheKeyService() {
    keys.change(history -> history.issuer("https://login.example/", it -> it));
    Gateway gateway = startReady();
    Issuer issuer = gateway.store.current().issuers().byUrl("https://login.example/").get(0);
    UnknownKeys unknown = gateway.feeds.unknownKeys();

    assertThat(unknown.report(issuer, "k1")).isEqualTo(UnknownKeys.Verdict.PENDING);

    soon(() -> assertThat(unknown.report(issuer, "k1")).isEqualTo(UnknownKeys.Verdict.UNKNOWN));
    assertThat(keys.unknownKeys())
        .containsExactly("/internal/v1/issuers/" + issuer.id() + "/unknown-key {\"kid\":\"k1\"}");
  }

  @Test
  void aBusyServiceIsNotAskedWithoutPause() {
    startReady();
    soon(
        () ->
            assertThat(tenants.questions().get(tenants.questions().size() - 1))
                .containsEntry("wait", "25000ms"));
    int before = tenants.questions().size();

    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(2))
        .until(() -> tenants.questions().size() == before);
  }

  private Gateway startReady() {
    Gateway gateway = start();
    soon(() -> assertThat(gateway.store.ready()).isTrue());
    soon(() -> assertThat(tenants.watchers()).containsValue(tenants.head()));
    soon(() -> assertThat(keys.watchers()).containsValue(keys.head()));
    return gateway;
  }

  private Gateway start() {
    return start(Optional.of(folder));
  }

  private Gateway start(Optional<Path> state) {
    return start(state, false);
  }

  private Gateway start(Optional<Path> state, boolean acceptOtherHistory) {
    Gateway gateway = new Gateway(state, acceptOtherHistory);
    gateways.add(gateway);
    gateway.feeds.start();
    return gateway;
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(assertion);
  }

  private final class Gateway {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TrustStore store = new TrustStore(Time.SYSTEM, Optional.empty());
    private final TrustFeeds feeds;

    Gateway(Optional<Path> state, boolean acceptOtherHistory) {
      feeds =
          new TrustFeeds(
              new TrustFeeds.Setup(
                  vertx,
                  tenants.url(),
                  keys.url(),
                  new AuthApiKey(API_KEY, Optional.empty()),
                  state,
                  Duration.ofDays(7),
                  Optional.empty(),
                  settings(acceptOtherHistory),
                  "test",
                  Time.SYSTEM,
                  disk),
              store,
              new TrustMetrics(registry, store, Time.SYSTEM));
    }

    boolean knows(String tenant) {
      return store.current().tenants().byName(new TenantId(tenant)).isPresent();
    }

    double count(String counter, String feed) {
      return registry.get(counter).tag("feed", feed).counter().count();
    }

    void crash() {
      feeds.abandon();
    }

    private static FeedSettings settings(boolean acceptOtherHistory) {
      return new FeedSettings(
          Duration.ofSeconds(25),
          acceptOtherHistory,
          Duration.ofMinutes(10),
          Duration.ofMillis(10),
          Duration.ofMillis(100));
    }
  }
}
