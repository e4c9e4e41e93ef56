package dev.gatehouse.common.feed.client;

import dev.gatehouse.common.feed.FeedHash;
import java.util.Optional;
import java.util.UUID;

/**
 * A point in a history.
 *
 * @param epoch of the history; empty before anything is known
 * @param hash of everything up to {@code revision}
 */
public record FeedPosition(Optional<UUID> epoch, long revision, FeedHash hash) {

  /** Before the first change of whichever history there is. */
  public static final FeedPosition START = new FeedPosition(Optional.empty(), 0, FeedHash.NONE);

  public boolean isStart() {
    return epoch.isEmpty();
  }
}
