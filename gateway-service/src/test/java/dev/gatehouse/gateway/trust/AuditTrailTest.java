package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {

  private static final AuthApiKey KEY = key("a", Optional.empty());
  private static final UUID EPOCH = new UUID(1, 1);

  @TempDir Path folder;

  private final TestTime clock = new TestTime();
  private final FaultyDisk disk = new FaultyDisk();
  private final List<String> alarms = new ArrayList<>();
  private StateDirectory directory;
  private AuditTrail trail;

  @BeforeEach
  void open() {
    directory = StateDirectory.open(folder);
    trail = trail(KEY);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void theNewestHeadIsKept() {
    take(head(3, "aa"));
    take(head(3, "aa"));
    take(head(9, "bb"));

    assertThat(trail.heads().kept()).contains(head(9, "bb"));
    assertThat(trail.heads().checkpoints()).containsExactly(head(3, "aa"));
    assertThat(alarms).isEmpty();
  }

  @Test
  void aServiceThatSendsNoneIsNoAlarm() {
    take(head(3, "aa"));
    trail.take(page(EPOCH, Optional.empty()));

    assertThat(trail.heads().kept()).contains(head(3, "aa"));
    assertThat(alarms).isEmpty();
  }

  @Test
  void aLogThatGoesBackIsAnAlarmAndWhatItHadIsKeptAsEvidence() {
    take(head(9, "bb"));
    clock.pass(Duration.ofSeconds(5));
    take(head(8, "cc"));
    assertThat(alarms).containsExactly("contradicted");

    take(head(20, "dd"));

    assertThat(trail.heads().kept()).contains(head(9, "bb"));
    assertThat(trail(KEY).heads().kept()).as("after a restart").contains(head(9, "bb"));
  }

  @Test
  void aReplicaThatIsAMomentBehindIsNoAlarm() {
    take(head(9, "bb"));
    clock.pass(Duration.ofMillis(4_999));
    take(head(8, "aa"));
    assertThat(alarms).isEmpty();
    assertThat(trail.heads().newest()).contains(head(9, "bb"));

    clock.pass(Duration.ofMillis(1));
    take(head(8, "aa"));
    assertThat(alarms).containsExactly("contradicted");
  }

  @Test
  void anotherHashAtTheSameEntryIsAnAlarm() {
    take(head(9, "bb"));
    take(head(9, "cc"));

    assertThat(alarms).containsExactly("contradicted");
    assertThat(trail.heads().kept()).contains(head(9, "bb"));
  }

  @Test
  void aHistoryThatWasRewrittenShowsWhenItIsAsLongAsBefore() {
    take(head(9, "bb"));
    clock.pass(Duration.ofSeconds(5));
    take(head(5, "cc"));
    alarms.clear();

    take(head(9, "dd"));

    assertThat(alarms).containsExactly("contradicted");
  }

  @Test
  void whatProvesToBeThereStillIsNoEvidenceAnyMore() {
    take(head(9, "bb"));
    clock.pass(Duration.ofSeconds(5));
    take(head(8, "aa"));

    take(head(9, "bb"));
    take(head(10, "cc"));

    assertThat(trail.heads().evidence()).isEmpty();
    assertThat(trail.heads().kept()).contains(head(10, "cc"));
  }

  @Test
  void aHeadThatNobodyWithTheKeyHasSealedIsAnAlarmAndNotKept() {
    take(head(3, "aa"));
    take(new AuditHead(4, "bb".repeat(32), ""));
    take(AuditHead.sealed(key("x", Optional.empty()), "keys", 4, "bb".repeat(32)));
    take(AuditHead.sealed(KEY, "tenants", 4, "bb".repeat(32)));
    take(new AuditHead(4, "bb".repeat(32), head(3, "bb").seal()));

    assertThat(alarms).hasSize(4).containsOnly("contradicted");
    assertThat(trail.heads().kept()).contains(head(3, "aa"));
  }

  @Test
  void duringARotationEitherKeyMaySeal() {
    trail = trail(key("b", Optional.of("a".repeat(AuthApiKey.MIN_LENGTH))));
    take(head(3, "aa"));

    assertThat(alarms).isEmpty();
    assertThat(trail.heads().kept()).isPresent();
  }

  @Test
  void aHistoryThatWasAcceptedBeginsAnew() {
    take(head(9, "bb"));

    trail.take(page(new UUID(2, 2), Optional.of(head(4, "cc"))));

    assertThat(alarms).isEmpty();
    assertThat(trail.heads().kept()).contains(head(4, "cc"));
    assertThat(trail.heads().checkpoints()).isEmpty();
  }

  @Test
  void olderHeadsAreKeptTheSparserTheMoreThereAre() {
    for (int i = 1; i <= 10_000; i++) {
      take(head(i, "aa"));
    }

    List<AuditHead> checkpoints = trail.heads().checkpoints();
    assertThat(checkpoints).hasSizeBetween(16, KeptHeads.MAX_CHECKPOINTS);
    assertThat(checkpoints.get(0).sequence()).isEqualTo(1);
    assertThat(checkpoints.get(checkpoints.size() - 1).sequence()).isGreaterThan(9_000);
    assertThat(checkpoints).isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
  }

  @Test
  void allIsThereAfterARestart() {
    take(head(3, "aa"));
    clock.pass(Duration.ofSeconds(5));
    take(head(9, "bb"));

    AuditTrail second = trail(KEY);

    assertThat(second.heads()).isEqualTo(trail.heads());
  }

  @Test
  void theDiskIsNotWrittenMoreOftenThanEveryFewSeconds() {
    take(head(1, "aa"));
    int before = disk.forced();

    clock.pass(Duration.ofSeconds(4));
    take(head(2, "aa"));
    take(head(3, "aa"));
    assertThat(disk.forced()).isEqualTo(before);

    clock.pass(Duration.ofSeconds(1));
    take(head(4, "aa"));
    assertThat(disk.forced()).isEqualTo(before + 1);
    take(head(5, "aa"));
    trail.flush();
    trail.flush();
    assertThat(disk.forced()).isEqualTo(before + 2);
    assertThat(trail(KEY).heads().kept()).contains(head(5, "aa"));
  }

  @Test
  void aFileThatSomebodyElseWroteIsNotBelieved() throws Exception {
    take(head(3, "aa"));
    Path file = folder.resolve("keys.audit");
    Files.writeString(file, Files.readString(file).replace("newest 3", "newest 2"));

    assertThat(trail(KEY).heads()).isEqualTo(KeptHeads.NONE);
    assertThat(alarms).containsExactly("not written");
  }

  @Test
  void aFullDiskIsCountedAndTriedAgain() {
    disk.full(true);
    take(head(3, "aa"));
    assertThat(alarms).containsExactly("not written");
    assertThat(trail.heads().kept()).contains(head(3, "aa"));

    disk.full(false);
    clock.pass(Duration.ofSeconds(5));
    take(head(3, "aa"));
    assertThat(trail(KEY).heads().kept()).contains(head(3, "aa"));
  }

  private void take(AuditHead head) {
    trail.take(page(EPOCH, Optional.of(head)));
  }

  private static FeedPage page(UUID epoch, Optional<AuditHead> head) {
    return new FeedPage(epoch, false, 0, 0, FeedHash.NONE, 0, List.of(), head);
  }

  private static AuditHead head(long sequence, String hash) {
    return AuditHead.sealed(KEY, "keys", sequence, hash.repeat(32));
  }

  private static AuthApiKey key(String letter, Optional<String> previous) {
    return new AuthApiKey(letter.repeat(AuthApiKey.MIN_LENGTH), previous);
  }

  private AuditTrail trail(AuthApiKey key) {
    SealedLines file =
        new SealedLines(Optional.of(directory), "keys.audit", AuditTrail.PURPOSE, key, disk);
    AuditTrail.Alarms told =
        new AuditTrail.Alarms() {
          @Override
          public void contradicted() {
            alarms.add("contradicted");
          }

          @Override
          public void notWritten() {
            alarms.add("not written");
          }
        };
    AuditTrail loaded = new AuditTrail("keys", key, file, clock.time, told);
    loaded.load();
    return loaded;
  }
}
