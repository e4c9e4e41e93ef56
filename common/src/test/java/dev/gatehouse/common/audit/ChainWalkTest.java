package dev.gatehouse.common.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.AuditHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainWalkTest {

  private static final int LENGTH = 10;

  private final List<AuditEntry> log = new ArrayList<>(chain(1, AuditEntry.NO_HASH, LENGTH));
  private AuditHead head = head(log.get(LENGTH - 1));
  private AuditHead pruned = new AuditHead(0, AuditEntry.NO_HASH, "");
  private Optional<ChainWalk.Kept> kept = Optional.empty();
  private boolean headIsSound = true;
  private boolean pruningIsSound = true;

  @Test
  void anIntactLogHasNothingBad() {
    kept = Optional.of(new ChainWalk.Kept(6, log.get(5).hash()));

    assertThat(firstBad()).isEmpty();
  }

  @Test
  void anEmptyLogHasNothingBad() {
    log.clear();
    head = new AuditHead(0, AuditEntry.NO_HASH, "");

    assertThat(firstBad()).isEmpty();
  }

  @Test
  void changedContentIsFound() {
    AuditEntry entry = log.get(4);
    log.set(4, new AuditEntry(5, entry.previous(), entry.hash(), "forged"));

    assertBad(5, "its content does not have its hash");
  }

  @Test
  void aChangedHashIsFound() {
    AuditEntry entry = log.get(4);
    log.set(4, new AuditEntry(5, entry.previous(), "f".repeat(64), entry.content()));

    assertBad(5, "its content does not have its hash");
  }

  @Test
  void changedContentWithItsHashIsFoundAtTheEntryAfter() {
    log.set(4, AuditEntry.next(log.get(3).hash(), 5, content(5) + "forged"));

    assertBad(6, "it does not follow the entry before it, or that was replaced");
  }

  @Test
  void theLastEntryCannotBeReplaced() {
    log.set(9, AuditEntry.next(log.get(8).hash(), 10, content(10) + "forged"));

    assertBad(10, "it has another hash than the head of the log says");
  }

  @Test
  void aRemovedEntryIsFound() {
    log.remove(4);

    assertBad(5, "it is missing");
  }

  @Test
  void aRemovedFirstEntryIsFound() {
    log.remove(0);

    assertBad(1, "it is missing");
  }

  @Test
  void aCutTailIsFound() {
    log.subList(7, 10).clear();

    assertBad(8, "it is missing: the log goes on to 10");
  }

  @Test
  void aCutTailWithItsHeadIsFoundByAHeadThatWasKept() {
    kept = Optional.of(new ChainWalk.Kept(10, head.hash()));
    log.subList(7, 10).clear();
    head = head(log.get(6));

    assertBad(8, "it is missing: a head was kept that is beyond it");
  }

  @Test
  void aRewrittenLogIsFoundByTheSealOfItsHead() {
    rewriteFrom(5);
    headIsSound = false;

    assertBad(10, "the seal of the head does not verify: entries up to here may be rewritten");
  }

  @Test
  void aRewrittenLogIsFoundByAHeadThatWasKept() {
    kept = Optional.of(new ChainWalk.Kept(8, log.get(7).hash()));
    rewriteFrom(5);

    assertBad(8, "it had another hash when its hash was kept");
  }

  @Test
  void anAddedEntryIsFound() {
    log.add(AuditEntry.next(log.get(9).hash(), 11, "forged"));

    assertBad(11, "it was added after the head of the log");
  }

  @Test
  void anEntryThatWasMovedIsFound() {
    log.set(4, AuditEntry.next(log.get(3).hash(), 5, content(6)));

    assertBad(5, "it was written as another entry than this");
  }

  @Test
  void aPrunedLogHasNothingBad() {
    prune(4);
    kept = Optional.of(new ChainWalk.Kept(2, "f".repeat(64)));

    assertThat(firstBad()).isEmpty();
  }

  @Test
  void pruningThatNobodyWithTheKeyDidIsFound() {
    prune(4);
    pruningIsSound = false;

    assertBad(4, "nobody who has the API key pruned the entries up to this one");
  }

  @Test
  void anEntryAmongThosePrunedIsFound() {
    AuditEntry old = log.get(1);
    prune(4);
    log.add(0, old);

    assertBad(2, "it was added among entries that were pruned");
  }

  @Test
  void theLastPrunedEntryIsComparedWithAHeadThatWasKept() {
    kept = Optional.of(new ChainWalk.Kept(4, "f".repeat(64)));
    prune(4);

    assertBad(4, "it had another hash when its hash was kept");
  }

  private void rewriteFrom(int sequence) {
    String hash = log.get(sequence - 2).hash();
    log.subList(sequence - 1, LENGTH).clear();
    for (int next = sequence; next <= LENGTH; next++) {
      AuditEntry entry = AuditEntry.next(hash, next, content(next) + "rewritten");
      log.add(entry);
      hash = entry.hash();
    }
    head = head(log.get(LENGTH - 1));
  }

  private void prune(int through) {
    pruned = head(log.get(through - 1));
    log.subList(0, through).clear();
  }

  private void assertBad(long sequence, String why) {
    assertThat(firstBad()).contains(new Verified.Bad(sequence, why));
  }

  private Optional<Verified.Bad> firstBad() {
    AuditBounds bounds =
        new AuditBounds(
            head,
            pruned,
            log.stream().map(AuditEntry::sequence).min(Long::compare),
            log.stream().map(AuditEntry::sequence).max(Long::compare));
    ChainWalk walk = new ChainWalk("tenants", bounds, headIsSound, pruningIsSound, kept);
    Optional<Verified.Bad> bad = walk.begin();
    for (AuditEntry entry : log) {
      if (bad.isEmpty() && entry.sequence() <= head.sequence()) {
        bad = walk.next(entry);
      }
    }
    return bad.or(walk::end);
  }

  private static List<AuditEntry> chain(long from, String previous, int length) {
    List<AuditEntry> chain = new ArrayList<>();
    String hash = previous;
    for (long sequence = from; sequence < from + length; sequence++) {
      AuditEntry entry = AuditEntry.next(hash, sequence, content(sequence));
      chain.add(entry);
      hash = entry.hash();
    }
    return chain;
  }

  private static String content(long sequence) {
    return AuditContent.beginning("tenants", sequence);
  }

  private static AuditHead head(AuditEntry entry) {
    return new AuditHead(entry.sequence(), entry.hash(), "");
  }
}
