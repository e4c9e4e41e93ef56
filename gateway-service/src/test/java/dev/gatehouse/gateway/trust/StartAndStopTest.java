package dev.gatehouse.gateway.trust;

import static dev.gatehouse.gateway.trust.FeedScene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, crashes and goodbyes, over real HTTP and a real disk. */
class StartAndStopTest {

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
  void afterACrashTheDiskAloneIsServedWhileTheServicesAreGone() {
    scene.startReady().crash();
    scene.tenants.disconnect();
    scene.keys.failWith(500);

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.knows("acme")).isTrue();
    assertThat(second.store.current().anchors().size()).isEqualTo(1);
  }

  @Test
  void theDiskAloneIsNotServedBeforeTheServicesWereAsked() {
    scene.startReady().crash();
    scene.keys.deaf(true);
    scene.tenants.disconnect();

    FeedScene.Gateway second = scene.start();

    soon(
        () ->
            assertThat(scene.keys.questions().get(scene.keys.questions().size() - 1))
                .containsEntry("since", "1")
                .containsEntry("wait", "0ms"));
    assertThat(second.knows("acme")).isTrue();
    assertThat(second.store.ready()).isFalse();
    scene.keys.deaf(false);
    soon(() -> assertThat(second.store.ready()).isTrue());
  }

  @Test
  void aServiceThatRefusesTheKeyIsNotTakenForOneThatIsGone() {
    scene.startReady().crash();
    int before = scene.tenants.questions().size();
    scene.tenants.failWith(401);

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(scene.tenants.questions().size()).isGreaterThan(before + 1));
    assertThat(second.store.ready()).isFalse();
  }

  @Test
  void afterACrashTheNewProcessTakesThePlaceOfTheOldOne() {
    scene.startReady().crash();
    String first = scene.tenants.watchers().keySet().iterator().next();

    scene.startReady();

    soon(() -> assertThat(scene.tenants.watchers()).hasSize(1).doesNotContainKey(first));
    soon(() -> assertThat(scene.keys.watchers()).hasSize(1));
    soon(
        () ->
            assertThat(scene.tenants.questions().get(scene.tenants.questions().size() - 1))
                .doesNotContainKey("predecessor"));
  }

  @Test
  void everyPredecessorIsNamedAlsoAfterCrashesWhileTheServiceWasGone() {
    scene.startReady().crash();
    scene.tenants.disconnect();
    scene.start().crash();
    scene.start().crash();
    scene.tenants.reconnect();

    scene.startReady();

    soon(() -> assertThat(scene.tenants.watchers()).hasSize(1));
    assertThat(scene.tenants.questions().stream().filter(it -> it.containsKey("predecessor")))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aStoppedGatewaySaysGoodbyeAndRefusesFromThenOn() {
    FeedScene.Gateway gateway = scene.startReady();

    gateway.feeds.close();

    assertThat(scene.tenants.watchers()).isEmpty();
    assertThat(scene.keys.watchers()).isEmpty();
    assertThat(gateway.store.stale()).isTrue();
    assertThat(gateway.store.ready()).isFalse();
  }

  @Test
  void afterAGoodbyeTheDiskAloneIsNotServed() {
    scene.startReady().feeds.close();
    scene.tenants.disconnect();
    scene.keys.disconnect();

    FeedScene.Gateway second = scene.start();
    soon(() -> assertThat(second.store.tenantsFeed().state().cutOff()).isTrue());
    soon(() -> assertThat(second.store.keysFeed().state().cutOff()).isTrue());
    assertThat(second.store.ready()).isFalse();

    scene.tenants.reconnect();
    soon(() -> assertThat(second.store.tenantsFeed().state().head()).isTrue());
    assertThat(second.store.ready()).isFalse();
    scene.keys.reconnect();
    soon(() -> assertThat(second.store.ready()).isTrue());
  }

  @Test
  void afterAGoodbyeToOneServiceBothHaveToBeThere() {
    FeedScene.Gateway first = scene.startReady();
    scene.keys.disconnect();
    first.feeds.close();
    scene.tenants.disconnect();

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(second.store.tenantsFeed().state().cutOff()).isTrue());
    soon(() -> assertThat(second.store.keysFeed().state().cutOff()).isTrue());
    assertThat(second.store.keysFeed().state().released()).isFalse();
    assertThat(second.store.ready()).isFalse();
  }

  @Test
  void aGoodbyeThatCertainlyDidNotArriveIsTakenBack() {
    FeedScene.Gateway first = scene.startReady();
    scene.tenants.disconnect();
    scene.keys.failWith(503);
    first.feeds.close();

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(second.store.ready()).isTrue());
    assertThat(second.knows("acme")).isTrue();
  }

  @Test
  void aGoodbyeThatMayHaveArrivedIsNotTakenBack() {
    FeedScene.Gateway first = scene.startReady();
    scene.tenants.failWith(500);
    scene.keys.failWith(500);
    first.feeds.close();
    scene.tenants.disconnect();
    scene.keys.disconnect();

    FeedScene.Gateway second = scene.start();

    soon(() -> assertThat(second.store.tenantsFeed().state().cutOff()).isTrue());
    soon(() -> assertThat(second.store.keysFeed().state().cutOff()).isTrue());
    assertThat(second.store.ready()).isFalse();
  }

  @Test
  void onceTheHeadIsReachedAgainACrashMayBeSurvivedFromTheDisk() {
    scene.startReady().feeds.close();
    scene.startReady().crash();
    scene.tenants.disconnect();
    scene.keys.disconnect();

    FeedScene.Gateway third = scene.start();

    soon(() -> assertThat(third.store.ready()).isTrue());
  }
}
