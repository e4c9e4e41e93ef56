package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.FeedHash;
import java.util.Optional;
import java.util.UUID;

/**
 * What a watcher asks.
 *
 * @param since where it stands; 0: from the beginning
 * @param epoch the history that it follows; may be left out at 0 only, as may the hash
 * @param hash the hash at {@code since}
 * @param patience how long it waits when there is nothing new
 */
record Question(
    Watcher watcher, long since, Optional<UUID> epoch, Optional<FeedHash> hash, Wait patience) {

  Question {
    if (since < 0) {
      throw invalid("since is a revision, from 0");
    }
    if (since > 0 && (epoch.isEmpty() || hash.isEmpty())) {
      throw invalid("since needs the epoch and the hash that belong to it");
    }
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
