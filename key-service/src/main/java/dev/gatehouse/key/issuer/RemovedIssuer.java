package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.server.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What was removed.
 *
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record RemovedIssuer(String name, String owner, Revision revision, Optional<List<String>> missing) {

  RemovedIssuer {
    missing = missing.map(List::copyOf);
  }

  RemovedIssuer withMissing(Optional<List<String>> gateways) {
    return new RemovedIssuer(name, owner, revision, gateways);
  }
}
