package dev.gatehouse.gateway.trust;

import java.util.Collection;

/**
 * How far a feed has come since the start of the process.
 *
 * @param onDisk whether there was a copy on disk to begin with
 * @param released whether that copy was given up: its gateway had said goodbye, so removals since
 *     then were called complete without it
 * @param cutOff whether the service was asked and could not answer, or not from the same history
 * @param head whether everything that the service had was applied
 */
record FeedState(boolean onDisk, boolean released, boolean cutOff, boolean head) {

  static final FeedState UNKNOWN = new FeedState(false, false, false, false);

  FeedState loaded(boolean wasReleased) {
    return new FeedState(true, wasReleased, cutOff, head);
  }

  FeedState asCutOff() {
    return new FeedState(onDisk, released, true, head);
  }

  FeedState atHead() {
    return new FeedState(onDisk, released, cutOff, true);
  }

  /**
   * Whether these feeds are enough to serve by: each at its head, or, where a service cannot be
   * had, as the disk has it, unless any copy was given up.
   */
  static boolean areEnough(Collection<FeedState> feeds) {
    boolean anyReleased = feeds.stream().anyMatch(FeedState::released);
    return feeds.stream()
        .allMatch(feed -> feed.head || (!anyReleased && feed.onDisk && feed.cutOff));
  }
}
