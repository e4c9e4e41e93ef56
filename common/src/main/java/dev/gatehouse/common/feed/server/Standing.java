package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.feed.FeedHash;
import java.util.Optional;

/** How what a watcher holds relates to the feed. */
enum Standing {
  /** It holds the beginning of this history, and what follows is there in full. */
  CONTINUES,
  /** It starts from nothing, or from before what is kept: it needs all from the beginning. */
  NEEDS_REPLAY,
  /** It holds another history. */
  DIFFERS;

  static Standing of(Question question, FeedPoint point) {
    FeedHead head = point.head();
    if (question.epoch().filter(it -> !it.equals(head.epoch())).isPresent()
        || question.since() > head.revision()) {
      return DIFFERS;
    }
    Optional<FeedHash> known = hashAt(question.since(), point);
    if (known.isEmpty()) {
      return question.since() <= head.compactedThrough() ? NEEDS_REPLAY : DIFFERS;
    }
    if (question.hash().filter(it -> !it.equals(known.get())).isPresent()) {
      return DIFFERS;
    }
    return question.since() < head.compactedThrough() ? NEEDS_REPLAY : CONTINUES;
  }

  private static Optional<FeedHash> hashAt(long since, FeedPoint point) {
    if (since == 0) {
      return Optional.of(FeedHash.NONE);
    }
    return since == point.head().revision() ? Optional.of(point.head().hash()) : point.hash();
  }
}
