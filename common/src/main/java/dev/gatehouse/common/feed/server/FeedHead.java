package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a feed stands.
 *
 * @param compactedThrough superseded changes and tombstones up to here may be gone
 * @param audit where the audit log stands at the same moment, where that was read
 */
record FeedHead(
    UUID epoch, long revision, FeedHash hash, long compactedThrough, Optional<AuditHead> audit) {

  FeedHead(UUID epoch, long revision, FeedHash hash, long compactedThrough) {
    this(epoch, revision, hash, compactedThrough, Optional.empty());
  }

  /** The change that follows, when {@code draft} is appended. */
  Change next(Draft draft, Instant at) {
    FeedHash next = hash.next(revision + 1, draft.kind(), draft.id(), at, draft.content());
    return new Change(revision + 1, draft.kind(), draft.id(), at, draft.content(), next);
  }

  FeedHead after(Change change) {
    return new FeedHead(epoch, change.revision(), change.hash(), compactedThrough, audit);
  }

  /** Whether a decision made at {@code earlier} still holds: nothing was compacted or replaced. */
  boolean isOfSameHistory(FeedHead earlier) {
    return epoch.equals(earlier.epoch) && compactedThrough == earlier.compactedThrough;
  }
}
