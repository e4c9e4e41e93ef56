package dev.gatehouse.key.anchor;

import dev.gatehouse.common.feed.server.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What was removed.
 *
 * @param remaining other owners that still have the same key
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record RemovedView(
    String id,
    String owner,
    Revision revision,
    List<String> remaining,
    Optional<List<String>> missing) {

  RemovedView {
    remaining = List.copyOf(remaining);
    missing = missing.map(List::copyOf);
  }

  static RemovedView of(Anchors.Removed removed, Optional<List<String>> missing) {
    return new RemovedView(
        removed.id(), removed.owner(), removed.revision(), removed.remaining(), missing);
  }
}
