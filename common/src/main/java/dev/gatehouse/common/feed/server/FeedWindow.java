package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The newest changes, as a replica holds them in memory: all after {@code base} up to the head.
 *
 * @param base the revision before the first change held
 */
record FeedWindow(
    UUID epoch,
    long compactedThrough,
    Optional<AuditHead> audit,
    long base,
    FeedHash baseHash,
    List<Change> changes) {

  /** Bounds the memory; followers that are further behind read from the table. */
  static final int MAX_CHANGES = 5_000;

  FeedWindow {
    changes = List.copyOf(changes);
  }

  static FeedWindow startingAt(FeedHead head) {
    return new FeedWindow(
        head.epoch(),
        head.compactedThrough(),
        head.audit(),
        head.revision(),
        head.hash(),
        List.of());
  }

  long head() {
    return base + changes.size();
  }

  FeedHash headHash() {
    return changes.isEmpty() ? baseHash : changes.get(changes.size() - 1).hash();
  }

  FeedHead asHead() {
    return new FeedHead(epoch, head(), headHash(), compactedThrough, audit);
  }

  boolean holdsAllAfter(long since) {
    return since >= base && since <= head();
  }

  /** The hash at a revision, if it is one of those held. */
  Optional<FeedHash> hashAt(long revision) {
    if (!holdsAllAfter(revision)) {
      return Optional.empty();
    }
    return Optional.of(
        revision == base ? baseHash : changes.get((int) (revision - base) - 1).hash());
  }

  List<Change> after(long since) {
    return changes.subList((int) (since - base), changes.size());
  }

  /**
   * The window with what was read after its head.
   *
   * @return empty when the table tells another history than this window
   */
  Optional<FeedWindow> with(FeedSlice slice) {
    if (!continues(slice)) {
      return Optional.empty();
    }
    List<Change> all = new ArrayList<>(changes);
    all.addAll(slice.changes());
    int dropped = Math.max(0, all.size() - MAX_CHANGES);
    FeedHash newBaseHash = dropped == 0 ? baseHash : all.get(dropped - 1).hash();
    return Optional.of(
        new FeedWindow(
            epoch,
            slice.head().compactedThrough(),
            slice.head().audit(),
            base + dropped,
            newBaseHash,
            all.subList(dropped, all.size())));
  }

  private boolean continues(FeedSlice slice) {
    if (!slice.head().epoch().equals(epoch)) {
      return false;
    }
    if (slice.changes().isEmpty()) {
      return slice.head().revision() == head() && slice.head().hash().equals(headHash());
    }
    Change first = slice.changes().get(0);
    FeedHash expected =
        headHash().next(head() + 1, first.kind(), first.id(), first.at(), first.content());
    return first.revision() == head() + 1 && first.hash().equals(expected);
  }
}
