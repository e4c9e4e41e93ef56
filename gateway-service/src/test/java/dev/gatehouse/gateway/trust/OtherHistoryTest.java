package dev.gatehouse.gateway.trust;

import static dev.gatehouse.gateway.trust.FeedScene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.feed.AcceptedEpoch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose database was put back to an earlier state, over real HTTP and a real disk. */
class OtherHistoryTest {

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
  void anotherHistoryIsAlarmedAndNotFollowed() {
    FeedScene.Gateway gateway = scene.startReady();

    scene.tenants.restore(new History().tenant("old"));

    soon(() -> assertThat(gateway.count("gatehouse.feed.history.alarms", "tenants")).isPositive());
    assertThat(gateway.knows("acme")).isTrue();
    assertThat(gateway.knows("old")).isFalse();
    assertThat(gateway.gauge("gatehouse.feed.history.differs", "tenants")).isOne();
    assertThat(gateway.gauge("gatehouse.feed.history.differs", "keys")).isZero();
  }

  @Test
  void withAnotherHistoryThereIsWhatTheDiskHasAfterARestart() {
    scene.startReady().crash();
    scene.tenants.restore(new History().tenant("old"));

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.knows("acme")).isTrue();
  }

  @Test
  void anotherHistoryIsTakenOverWhereThatIsAllowed() {
    FeedScene.Gateway gateway = scene.start(Optional.of(folder), true);
    soon(() -> assertThat(gateway.store.ready()).isTrue());

    scene.tenants.restore(new History().tenant("old"));

    soon(() -> assertThat(gateway.knows("old")).isTrue());
    assertThat(gateway.knows("acme")).isFalse();
  }

  @Test
  void aGatewayThatWasAwayForLongGetsEverythingAnew() {
    scene.startReady().crash();
    scene.tenants.change(
        history -> {
          history.removeTenant("acme");
          for (int i = 0; i < 10; i++) {
            history.tenant("team" + i);
          }
          history.compact();
        });

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.store.current().tenants().size()).isEqualTo(11);
    assertThat(second.knows("acme")).isFalse();
  }

  @Test
  void removedKeysStayRemovedWhenADatabaseIsPutBackUntilAnOperatorAcceptsIt() {
    History dump = scene.keys.history().dump();
    UUID removed = dump.changes().get(0).id();
    FeedScene.Gateway gateway = scene.startReady();
    scene.keys.change(
        history -> history.removeAnchor(removed).anchor(UUID.randomUUID(), TestKeys.ec(), "*"));
    soon(() -> assertThat(gateway.anchor(removed)).isEmpty());

    scene.keys.restore(dump);
    soon(() -> assertThat(gateway.count("gatehouse.feed.history.alarms", "keys")).isPositive());
    assertThat(gateway.anchor(removed)).isEmpty();
    assertThat(gateway.store.current().anchors().size()).isEqualTo(1);

    scene.keys.accept(FeedScene.KEY, "keys");
    soon(() -> assertThat(gateway.anchor(removed)).isPresent());
    soon(() -> assertThat(gateway.gauge("gatehouse.feed.history.differs", "keys")).isZero());
    assertThat(gateway.store.current().anchors().size()).isEqualTo(1);
    soon(() -> assertThat(scene.keys.watchers().values()).containsExactly(1L));
    scene.keys.change(history -> history.removeAnchor(removed));
    soon(() -> assertThat(gateway.store.current().anchors().size()).isZero());
  }

  @Test
  void whatDivergedAfterADumpIsAnotherHistoryToo() {
    History dump = scene.tenants.history().dump();
    FeedScene.Gateway gateway = scene.startReady();
    scene.tenants.change(history -> history.removeTenant("other"));
    soon(() -> assertThat(gateway.knows("other")).isFalse());

    scene.tenants.restore(dump.tenant("new").tenant("newer"));

    soon(() -> assertThat(gateway.count("gatehouse.feed.history.alarms", "tenants")).isPositive());
    assertThat(gateway.knows("other")).isFalse();
    assertThat(gateway.knows("new")).isFalse();
  }

  @Test
  void anAcceptanceIsFollowedAfterARestartToo() {
    scene.startReady().crash();
    scene.tenants.restore(new History().tenant("old"));
    scene.tenants.accept(FeedScene.KEY, "tenants");

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(second.knows("old")).isTrue());
    assertThat(second.knows("acme")).isFalse();
  }

  @Test
  void anAcceptanceThatNobodyWithTheKeySaidIsNotFollowed() {
    FeedScene.Gateway gateway = scene.startReady();
    AuthApiKey stranger = new AuthApiKey("x".repeat(AuthApiKey.MIN_LENGTH), Optional.empty());

    scene.tenants.restore(new History().tenant("old"));
    scene.tenants.accept(stranger, "tenants");

    soon(
        () ->
            assertThat(gateway.count("gatehouse.feed.history.alarms", "tenants")).isGreaterThan(2));
    assertThat(gateway.knows("old")).isFalse();
  }

  @Test
  void anAcceptanceOfAnEpochThatTheServiceDoesNotTellIsNotFollowed() {
    FeedScene.Gateway gateway = scene.startReady();
    scene.tenants.restore(new History().tenant("old"));

    scene.tenants.acceptance(AcceptedEpoch.write(FeedScene.KEY, "tenants", UUID.randomUUID()));

    soon(
        () ->
            assertThat(gateway.count("gatehouse.feed.history.alarms", "tenants")).isGreaterThan(3));
    assertThat(gateway.knows("old")).isFalse();
    assertThat(gateway.knows("acme")).isTrue();
  }

  @Test
  void anOlderBackupIsNotAcceptedByTheWordThatItCarries() {
    FeedScene.Gateway gateway = scene.startReady();
    scene.tenants.restore(new History().tenant("first"));
    scene.tenants.accept(FeedScene.KEY, "tenants");
    soon(() -> assertThat(gateway.knows("first")).isTrue());
    History old = scene.tenants.history().dump();
    String word = AcceptedEpoch.write(FeedScene.KEY, "tenants", old.epoch);
    scene.tenants.restore(new History().tenant("second"));
    scene.tenants.accept(FeedScene.KEY, "tenants");
    soon(() -> assertThat(gateway.knows("second")).isTrue());
    double alarms = gateway.count("gatehouse.feed.history.alarms", "tenants");

    scene.tenants.restore(old);
    scene.tenants.acceptance(word);

    soon(
        () ->
            assertThat(gateway.count("gatehouse.feed.history.alarms", "tenants"))
                .isGreaterThan(alarms + 2));
    assertThat(gateway.knows("second")).isTrue();
    assertThat(gateway.knows("first")).isFalse();
    gateway.crash();
    FeedScene.Gateway next = scene.start();
    soon(() -> assertThat(next.store.ready()).isTrue());
    assertThat(next.knows("second")).isTrue();
  }

  @Test
  void whatWouldComeBackAndGoAwayCanBeSeenBeforeItIsAccepted() {
    FeedScene.Gateway gateway = scene.startReady();
    FeedView view = gateway.view("tenants");
    assertThat(view.state()).isEqualTo(FeedView.State.FOLLOWING);
    assertThat(view.head()).hasValue(2);
    assertThat(view.other().result()).isEmpty();
    History other = new History().tenant("acme").tenant("old").tenant("older").tenant("oldest");

    scene.tenants.restore(other);
    soon(() -> assertThat(view.state()).isEqualTo(FeedView.State.OTHER_HISTORY));

    OtherState state = gateway.other("tenants").orElseThrow();
    assertThat(state.epoch()).isEqualTo(other.epoch);
    assertThat(state.revision()).isEqualTo(4);
    assertThat(state.hash()).isEqualTo(other.position().hash());
    assertThat(state.comesBack())
        .extracting(FeedObject::name)
        .containsExactly("old", "older", "oldest");
    assertThat(state.goesAway())
        .containsExactly(new FeedObject("tenant", TrustBuilder.idOf("other"), "other"));
    assertThat(state.comesBackTotal()).isEqualTo(3);
    assertThat(state.goesAwayTotal()).isEqualTo(1);
    assertThat(view.revision()).isEqualTo(2);
    assertThat(scene.tenants.watchers()).containsValue(2L).hasSize(1);
    assertThat(gateway.knows("old")).isFalse();
  }

  @Test
  void whatWouldChangeIsListedInBoundsAndCountedInFull() {
    FeedScene.Gateway gateway = scene.startReady();
    History other = new History();
    for (int i = 0; i < OtherState.MAX_LISTED + 5; i++) {
      other.tenant("team" + i);
    }
    scene.tenants.limit(1_000_000);
    scene.tenants.restore(other);
    soon(() -> assertThat(gateway.view("tenants").state()).isEqualTo(FeedView.State.OTHER_HISTORY));

    OtherState state = gateway.other("tenants").orElseThrow();

    assertThat(state.comesBack()).hasSize(OtherState.MAX_LISTED);
    assertThat(state.comesBackTotal()).isEqualTo(OtherState.MAX_LISTED + 5);
  }

  @Test
  void severalWhoAskShareOneReading() {
    FeedScene.Gateway gateway = scene.startReady();
    FeedView view = gateway.view("keys");
    scene.keys.restore(new History().revocation("*", it -> it.tenant("acme")));
    soon(() -> assertThat(view.state()).isEqualTo(FeedView.State.OTHER_HISTORY));
    scene.keys.deaf(true);

    var first = view.other();
    var second = view.other();
    scene.keys.deaf(false);

    soon(() -> assertThat(first.isComplete() && second.isComplete()).isTrue());
    assertThat(first.result().orElseThrow()).isSameAs(second.result().orElseThrow());
    assertThat(first.result().orElseThrow().comesBack())
        .extracting(FeedObject::name)
        .containsExactly("tenant acme");
  }

  @Test
  void aServiceThatGoesAwayWhileItIsReadIsATroubleOfOurs() {
    FeedScene.Gateway gateway = scene.startReady();
    FeedView view = gateway.view("keys");
    scene.keys.restore(new History().revocation("*", it -> it.tenant("acme")));
    soon(() -> assertThat(view.state()).isEqualTo(FeedView.State.OTHER_HISTORY));
    scene.keys.failWith(500);

    var answer = view.other();

    soon(() -> assertThat(answer.isComplete()).isTrue());
    assertThat(answer.cause()).isInstanceOf(Unavailable.class);
    soon(() -> assertThat(view.state()).isEqualTo(FeedView.State.CUT_OFF));
  }
}
