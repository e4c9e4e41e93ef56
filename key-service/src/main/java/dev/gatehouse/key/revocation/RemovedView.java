package dev.gatehouse.key.revocation;

import dev.gatehouse.common.feed.server.Revision;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was removed.
 *
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record RemovedView(UUID id, String owner, Revision revision, Optional<List<String>> missing) {

  RemovedView {
    missing = missing.map(List::copyOf);
  }
}
