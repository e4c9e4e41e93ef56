package dev.gatehouse.common.feed.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A watcher has asked, and so has said where it stands.
 *
 * @param applied the revision that it asks from, in the history {@code epoch}
 * @param longest for how long it may wait for the answer, which restarts its staleness
 */
record Contact(Watcher watcher, UUID epoch, long applied, Duration longest) {

  /** Clocks differ, and an answer travels; more than the 30 s that tokens are allowed is not. */
  static final Duration SKEW = Duration.ofSeconds(30);

  /** From now on, in milliseconds, the time in which it may serve without hearing from us again. */
  Optional<Long> servesForMillis() {
    return watcher.maxStaleness().map(it -> it.plus(longest).plus(SKEW).toMillis());
  }
}
