package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.gateway.trust.Journal.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskJournalTest {

  private static final AuthApiKey KEY = key("a", Optional.empty());
  private static final Duration MAX_AGE = Duration.ofDays(7);

  @TempDir Path folder;

  private final TestTime clock = new TestTime();
  private final FaultyDisk disk = new FaultyDisk();
  private final AtomicInteger refusals = new AtomicInteger();
  private final List<FeedPage> loaded = new ArrayList<>();
  private final History history = new History().tenant("aa").tenant("bb");
  private StateDirectory directory;
  private Path file;

  @BeforeEach
  void openFolder() {
    directory = StateDirectory.open(folder);
    file = folder.resolve("tenants.journal");
  }

  @AfterEach
  void closeFolder() {
    directory.close();
  }

  @Test
  void nothingIsKeptAtFirst() {
    assertThat(load(KEY)).isEmpty();
    assertThat(refusals).hasValue(0);
  }

  @Test
  void whatWasWrittenIsReadBack() throws Exception {
    write();

    Kept kept = load(KEY).orElseThrow();

    assertThat(kept.position()).isEqualTo(history.position());
    assertThat(kept.contact()).isEqualTo(clock.now());
    assertThat(kept.released()).isFalse();
    assertThat(loadedChanges()).isEqualTo(history.changes());
  }

  @Test
  void pagesAreAddedAlsoAfterARestart() throws Exception {
    write();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      long before = history.head();
      history.tenant("cc");
      journal.append(history.page(before), clock.now(), false);
    }

    assertThat(load(KEY).orElseThrow().position()).isEqualTo(history.position());
    assertThat(loadedChanges()).isEqualTo(history.changes());
  }

  @Test
  void onlyItsUserCanReadIt() throws Exception {
    write();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aTornLastRecordIsCutOff() throws Exception {
    write();
    byte[] whole = Files.readAllBytes(file);
    History longer = new History();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      journal.append(longer.tenant("cc").page(0), clock.now(), true);
    }
    byte[] withNext = Files.readAllBytes(file);

    for (int length = whole.length; length < withNext.length; length += 17) {
      Files.write(file, Arrays.copyOf(withNext, length));

      assertThat(load(KEY).orElseThrow().position()).isEqualTo(history.position());
      assertThat(Files.size(file)).isEqualTo(whole.length);
    }
    assertThat(refusals).hasValue(0);
  }

  @Test
  void aSingleBitThatWasChangedMakesTheWholeFileUnusable() throws Exception {
    write();
    byte[] whole = Files.readAllBytes(file);

    // Every part of the form, at each place of a byte in it; not all, as each logs a line.
    for (int at = 0; at < whole.length; at += 13) {
      byte[] forged = whole.clone();
      forged[at] ^= 1;
      Files.write(file, forged);

      assertThat(load(KEY)).as("byte %d", at).isEmpty();
      assertThat(refusals).hasValue(at / 13 + 1);
    }
  }

  @Test
  void aRecordThatWasTakenOutMakesTheWholeFileUnusable() throws Exception {
    int head = SealedRecords.HEAD;
    write();
    long afterFirst = Files.size(file);
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      journal.contact(clock.now());
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] without = new byte[head + whole.length - (int) afterFirst];
    System.arraycopy(whole, 0, without, 0, head);
    System.arraycopy(whole, (int) afterFirst, without, head, whole.length - (int) afterFirst);
    Files.write(file, without);

    assertThat(load(KEY)).isEmpty();
    assertThat(refusals).hasValue(1);
  }

  @Test
  void theFileOfAnotherFeedIsNotUsed() throws Exception {
    write();
    Files.copy(file, folder.resolve("keys.journal"));

    try (Journal journal = journal("keys", KEY)) {
      assertThat(journal.load(page -> {})).isEmpty();
    }
    assertThat(refusals).hasValue(1);
  }

  @Test
  void aFileSealedWithAnotherKeyIsNotUsed() throws Exception {
    write();

    assertThat(load(key("b", Optional.empty()))).isEmpty();
    assertThat(refusals).hasValue(1);
  }

  @Test
  void afterARotationTheFileIsReadWithThePreviousKeyAndSealedWithTheNewOne() throws Exception {
    write();

    assertThat(load(key("b", Optional.of(text("a"))))).isPresent();

    assertThat(load(key("b", Optional.empty())).orElseThrow().position())
        .isEqualTo(history.position());
    assertThat(refusals).hasValue(0);
  }

  @Test
  void aCopyThatWasGivenUpStaysSoThroughARotation() throws Exception {
    write();
    release(true);

    load(key("b", Optional.of(text("a"))));

    assertThat(load(key("b", Optional.empty())).orElseThrow().released()).isTrue();
  }

  @Test
  void aFileThatIsTooOldIsNotUsed() throws Exception {
    write();

    clock.pass(MAX_AGE);
    assertThat(load(KEY)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(load(KEY)).isEmpty();
    assertThat(refusals).hasValue(1);
  }

  @Test
  void aContactKeepsTheFileYoung() throws Exception {
    write();
    clock.pass(Duration.ofDays(6));
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      journal.contact(clock.now());
    }
    clock.pass(Duration.ofDays(6));

    assertThat(load(KEY)).isPresent();
  }

  @Test
  void givingUpAndTakingBackIsRemembered() throws Exception {
    write();

    release(true);
    assertThat(load(KEY).orElseThrow().released()).isTrue();

    release(false);
    assertThat(load(KEY).orElseThrow().released()).isFalse();
  }

  @Test
  void aCopyThatCannotBeMarkedAsGivenUpIsRemoved() throws Exception {
    write();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      disk.full(true);
      journal.released(true, clock.now());
    }

    assertThat(file).doesNotExist();
  }

  @Test
  void onlyWhatMustBeDurableIsForced() throws Exception {
    write();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      int before = disk.forced();

      journal.append(new History().tenant("cc").page(0), clock.now(), false);
      assertThat(disk.forced()).isEqualTo(before);

      journal.append(new History().tenant("dd").page(0), clock.now(), true);
      assertThat(disk.forced()).isEqualTo(before + 1);
    }
  }

  @Test
  void afterAFullDiskTheFileGoesOnWhereItWas() throws Exception {
    write();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      long before = history.head();
      history.tenant("cc");

      disk.full(true);
      assertThatThrownBy(() -> journal.append(history.page(before), clock.now(), true))
          .isInstanceOf(IOException.class);
      assertThat(journal.needsRewrite()).isFalse();

      disk.full(false);
      journal.append(history.page(before), clock.now(), true);
    }

    assertThat(load(KEY).orElseThrow().position()).isEqualTo(history.position());
  }

  @Test
  void afterAFailedForceNothingIsAddedAnyMore() throws Exception {
    write();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      disk.failsToForce(true);
      assertThatThrownBy(() -> journal.contact(clock.now())).isInstanceOf(IOException.class);
      disk.failsToForce(false);

      assertThat(journal.needsRewrite()).isTrue();
      assertThatThrownBy(() -> journal.contact(clock.now())).isInstanceOf(IOException.class);

      rewrite(journal);
      assertThat(journal.needsRewrite()).isFalse();
    }
    assertThat(load(KEY)).isPresent();
  }

  @Test
  void halfARecordThatCannotBeTakenBackMakesTheFileUnfitForMore() throws Exception {
    write();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      disk.full(true);
      disk.failsToTruncate(true);
      assertThatThrownBy(() -> journal.contact(clock.now())).isInstanceOf(IOException.class);

      assertThat(journal.needsRewrite()).isTrue();
    }
    disk.failsToTruncate(false);
    assertThat(load(KEY).orElseThrow().position()).isEqualTo(history.position());
  }

  @Test
  void aRewriteThatFailsLeavesTheFileAsItWas() throws Exception {
    write();
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      Journal.Rewrite rewrite = journal.rewrite();
      rewrite.append(new History().tenant("zz").page(0), clock.now());
      disk.failsToForce(true);
      assertThatThrownBy(rewrite::commit).isInstanceOf(IOException.class);
      rewrite.abandon();
    }

    assertThat(load(KEY).orElseThrow().position()).isEqualTo(history.position());
    assertThat(folder.resolve("tenants.journal.new")).doesNotExist();
  }

  @Test
  void whatWasLeftOfAnUnfinishedRewriteDoesNotMatter() throws Exception {
    write();
    Files.writeString(folder.resolve("tenants.journal.new"), "half", StandardOpenOption.CREATE);

    assertThat(load(KEY)).isPresent();
    write();
    assertThat(load(KEY)).isPresent();
  }

  @Test
  void aFileThatHasDoubledIsWrittenAnewWithoutWhatWasSuperseded() throws Exception {
    write();
    String pad = " ".repeat(10_000);
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      for (int i = 0; i < 300; i++) {
        long before = history.head();
        history.add("tenant", TrustBuilder.idOf("aa"), "{\"round\":" + i + "}" + pad);
        journal.append(history.page(before), clock.now(), false);
        assertThat(Files.size(file))
            .isLessThan(DiskJournal.SMALLEST_WORTH_COMPACTING + 2L * pad.length());
      }
      history.removeTenant("bb");
      journal.append(history.page(history.head() - 1), clock.now(), true);
    }

    assertThat(load(KEY).orElseThrow().position()).isEqualTo(history.position());
    assertThat(loadedChanges()).hasSizeLessThan(150);
    assertThat(loadedChanges().get(loadedChanges().size() - 1)).isEqualTo(last(history));
    assertThat(refusals).hasValue(0);
  }

  @Test
  void withoutSpaceForANewFileTheOldOneGoesOn() throws Exception {
    write();
    String pad = " ".repeat(100_000);
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      Files.createDirectory(folder.resolve("tenants.journal.new"));
      for (int i = 0; i < 12; i++) {
        long before = history.head();
        history.add("tenant", TrustBuilder.idOf("aa"), pad);
        journal.append(history.page(before), clock.now(), true);
      }
    }

    assertThat(load(KEY).orElseThrow().position()).isEqualTo(history.position());
  }

  private void write() throws IOException {
    try (Journal journal = journal(KEY)) {
      rewrite(journal);
    }
  }

  private void rewrite(Journal journal) throws IOException {
    Journal.Rewrite rewrite = journal.rewrite();
    rewrite.append(history.page(0), clock.now());
    rewrite.commit();
  }

  private void release(boolean released) throws IOException {
    try (Journal journal = journal(KEY)) {
      journal.load(page -> {});
      journal.released(released, clock.now());
    }
  }

  private Optional<Kept> load(AuthApiKey key) {
    loaded.clear();
    try (Journal journal = journal(key)) {
      return journal.load(loaded::add);
    }
  }

  private List<Change> loadedChanges() {
    return loaded.stream().flatMap(page -> page.changes().stream()).toList();
  }

  private DiskJournal journal(AuthApiKey key) {
    return journal("tenants", key);
  }

  private DiskJournal journal(String feed, AuthApiKey key) {
    return new DiskJournal(
        directory, feed, key, MAX_AGE, clock.time, disk, refusals::incrementAndGet);
  }

  private static Change last(History history) {
    return history.changes().get(history.changes().size() - 1);
  }

  private static AuthApiKey key(String letter, Optional<String> previous) {
    return new AuthApiKey(text(letter), previous);
  }

  private static String text(String letter) {
    return letter.repeat(AuthApiKey.MIN_LENGTH);
  }
}
