package dev.gatehouse.gateway.trust;

import static dev.gatehouse.gateway.trust.FeedScene.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.feed.AuditHead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both feeds over real HTTP and a real disk: what is served and acknowledged. */
class TrustFeedsTest {

  @TempDir Path folder;

  private FeedScene scene;

  @BeforeEach
  void open() {
    scene = new FeedScene(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aGatewayIsReadyWithEverythingAndRegistered() {
    FeedScene.Gateway gateway = scene.start();

    soon(() -> assertThat(gateway.store.ready()).isTrue());
    assertThat(gateway.knows("acme")).isTrue();
    assertThat(gateway.store.current().anchors().size()).isEqualTo(1);
    soon(() -> assertThat(scene.tenants.watchers().values()).containsExactly(2L));
    soon(() -> assertThat(scene.keys.watchers().values()).containsExactly(1L));
    assertThat(gateway.store.keysRevision()).isEqualTo(1);
    assertThat(scene.tenants.questions().get(0))
        .containsEntry("key", FeedScene.API_KEY)
        .containsEntry("name", "test");
  }

  @Test
  void aFeedOfSeveralPagesIsReadToItsEnd() {
    scene.tenants.change(
        history -> {
          for (int i = 0; i < 20; i++) {
            history.tenant("team" + i);
          }
        });

    FeedScene.Gateway gateway = scene.startReady();

    assertThat(gateway.store.current().tenants().size()).isEqualTo(22);
  }

  @Test
  void changesAndRemovalsArriveAndAreAcknowledged() {
    FeedScene.Gateway gateway = scene.startReady();

    scene.tenants.change(history -> history.tenant("new").removeTenant("other"));

    soon(() -> assertThat(gateway.knows("new")).isTrue());
    soon(() -> assertThat(gateway.knows("other")).isFalse());
    soon(() -> assertThat(scene.tenants.watchers().values()).containsExactly(4L));
  }

  @Test
  void aRemovalIsServedButNotAcknowledgedWhileTheDiskIsFull() {
    FeedScene.Gateway gateway = scene.startReady();
    soon(() -> assertThat(scene.tenants.watchers().values()).containsExactly(2L));
    scene.disk.full(true);

    scene.tenants.change(history -> history.removeTenant("other"));
    soon(() -> assertThat(gateway.knows("other")).isFalse());
    scene.tenants.change(history -> history.removeTenant("acme"));
    soon(() -> assertThat(gateway.knows("acme")).isFalse());
    assertThat(scene.tenants.watchers().values()).containsExactly(2L);
    assertThat(gateway.count("gatehouse.trust.journal.failures", "tenants")).isPositive();

    scene.disk.full(false);
    soon(() -> assertThat(scene.tenants.watchers().values()).containsExactly(4L));
  }

  @Test
  void whatIsServedSurvivesThatTheServicesAreGone() {
    FeedScene.Gateway gateway = scene.startReady();

    scene.tenants.disconnect();
    scene.keys.failWith(503);
    scene.tenants.reconnect();
    scene.tenants.change(history -> history.tenant("late"));

    soon(() -> assertThat(gateway.knows("late")).isTrue());
    assertThat(gateway.store.ready()).isTrue();
    assertThat(gateway.store.current().anchors().size()).isEqualTo(1);
    scene.keys.failWith(0);
    scene.keys.change(history -> history.anchor(UUID.randomUUID(), TestKeys.ec(), "*"));
    soon(() -> assertThat(gateway.store.current().anchors().size()).isEqualTo(2));
  }

  @Test
  void withoutADiskNothingIsServedUntilTheServicesAreThere() {
    scene.tenants.disconnect();
    FeedScene.Gateway gateway = scene.start(Optional.empty());

    soon(() -> assertThat(gateway.store.current().anchors().size()).isEqualTo(1));
    assertThat(gateway.store.ready()).isFalse();

    scene.tenants.reconnect();
    soon(() -> assertThat(gateway.store.ready()).isTrue());
  }

  @Test
  void twoGatewaysCannotShareAFolder() {
    scene.startReady();

    assertThatThrownBy(scene::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in use by another gateway");
  }

  @Test
  void anIssuerWithoutKeysDoesNotHinderReadiness() {
    scene.keys.change(
        history -> history.issuer("https://login.example/", it -> it.keysNeverFetched()));

    FeedScene.Gateway gateway = scene.startReady();

    assertThat(gateway.store.current().issuers().byUrl("https://login.example/")).hasSize(1);
  }

  @Test
  void anUnknownKeyIsReportedToTheKeyService() {
    scene.keys.change(history -> history.issuer("https://login.example/", it -> it));
    FeedScene.Gateway gateway = scene.startReady();
    Issuer issuer = gateway.store.current().issuers().byUrl("https://login.example/").get(0);
    UnknownKeys unknown = gateway.feeds.unknownKeys();

    assertThat(unknown.report(issuer, "k1")).isEqualTo(UnknownKeys.Verdict.PENDING);

    soon(() -> assertThat(unknown.report(issuer, "k1")).isEqualTo(UnknownKeys.Verdict.UNKNOWN));
    assertThat(scene.keys.unknownKeys())
        .containsExactly("/internal/v1/issuers/" + issuer.id() + "/unknown-key {\"kid\":\"k1\"}");
  }

  /** The pauses have grown to seconds by then, and the first answer brings no news. */
  @Test
  void aServiceThatIsThereAtLastIsFollowedAtOnce() {
    scene.longestPause(Duration.ofSeconds(10));
    scene.tenants.restore(new History());
    scene.tenants.failWith(503);
    FeedScene.Gateway gateway = scene.start();
    soon(() -> assertThat(scene.tenants.questions()).hasSizeGreaterThan(9));

    scene.tenants.failWith(0);
    soon(() -> assertThat(gateway.store.ready()).isTrue());
    scene.tenants.change(history -> history.tenant("late"));

    await().atMost(Duration.ofSeconds(2)).until(() -> gateway.knows("late"));
  }

  @Test
  void aBusyServiceIsNotAskedWithoutPause() {
    scene.startReady();
    soon(
        () ->
            assertThat(scene.tenants.questions().get(scene.tenants.questions().size() - 1))
                .containsEntry("wait", "25000ms"));
    int before = scene.tenants.questions().size();

    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(2))
        .until(() -> scene.tenants.questions().size() == before);
  }

  @Test
  void bothServicesKnowTheProcessByOneId() {
    FeedScene.Gateway gateway = scene.startReady();

    assertThat(scene.tenants.watchers()).containsOnlyKeys(gateway.id());
    assertThat(scene.keys.watchers()).containsOnlyKeys(gateway.id());
    assertThat(scene.start(Optional.of(folder.resolve("second"))).id()).isNotEqualTo(gateway.id());
  }

  @Test
  void aRevocationArrivesAndGoesAgain() {
    FeedScene.Gateway gateway = scene.startReady();
    UUID id = UUID.randomUUID();

    scene.keys.change(history -> history.revocation("acme", it -> it.tenant("acme").id(id)));
    soon(() -> assertThat(gateway.store.current().revocations().size()).isEqualTo(1));

    scene.keys.change(history -> history.removeRevocation(id));
    soon(() -> assertThat(gateway.store.current().revocations().isEmpty()).isTrue());
  }

  @Test
  void aRevocationThatNobodyCanReadHereIsNotAcknowledged() {
    FeedScene.Gateway gateway = scene.startReady();

    scene.keys.change(
        history -> history.add("revocation", UUID.randomUUID(), "{\"type\":\"moon_phase\"}"));

    soon(() -> assertThat(gateway.count("gatehouse.feed.unreadable.pages", "keys")).isPositive());
    assertThat(scene.keys.watchers()).containsEntry(gateway.id(), 1L);
  }

  @Test
  void aGatewayThatIsCutOffServesOnAndAcknowledgesNothingUntilItIsBack() {
    FeedScene.Gateway near = scene.startReady();
    FeedScene.Gateway far = scene.startFar(folder.resolve("far"));
    UUID anchor = scene.keys.history().changes().get(0).id();

    scene.cutTheWires();
    scene.keys.change(history -> history.removeAnchor(anchor));

    soon(() -> assertThat(scene.keys.watchers()).containsEntry(near.id(), 2L));
    assertThat(near.anchor(anchor)).isEmpty();
    soon(() -> assertThat(far.view("keys").state()).isEqualTo(FeedView.State.CUT_OFF));
    assertThat(scene.keys.watchers()).containsEntry(far.id(), 1L);
    assertThat(far.store.ready()).isTrue();
    assertThat(far.store.stale()).isFalse();
    assertThat(far.anchor(anchor)).isPresent();

    scene.mendTheWires();
    soon(() -> assertThat(scene.keys.watchers()).containsEntry(far.id(), 2L));
    assertThat(far.anchor(anchor)).isEmpty();
    assertThat(far.view("keys").state()).isEqualTo(FeedView.State.FOLLOWING);
  }

  @Test
  void keysWhoseTokensWereAcceptedAreReported() {
    FeedScene.Gateway gateway = scene.startReady();
    Anchor anchor = gateway.store.current().anchors().byKid(FeedScene.kid()).get(0);

    anchor.used(1_770_000_000L);

    soon(() -> assertThat(scene.keys.usage()).hasSize(1));
    assertThat(scene.keys.usage().get(0).encode())
        .isEqualTo("{\"keys\":[{\"id\":\"" + anchor.id() + "\",\"lastUsedAt\":1770000000}]}");
  }

  @Test
  void theHeadsOfTheAuditLogsAreKept() {
    scene.keys.audit(AuditHead.sealed(FeedScene.KEY, "keys", 7, "ab".repeat(32)));

    FeedScene.Gateway gateway = scene.startReady();

    AuditHeads heads = gateway.feeds.auditHeads();
    assertThat(heads.kept("keys")).map(AuditHead::sequence).contains(7L);
    assertThat(heads.kept("tenants")).isEmpty();
    assertThat(heads.kept("nonsense")).isEmpty();
    gateway.crash();
    assertThat(scene.start().feeds.auditHeads().kept("keys")).map(AuditHead::hash).isPresent();
    assertThat(gateway.count("gatehouse.audit.alarms", "keys")).isZero();
  }
}
