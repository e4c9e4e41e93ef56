package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.server.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What came of a batch.
 *
 * @param created how many entries were new
 * @param unchanged how many were there already
 * @param revision of the last registration that was new
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record Imported(
    int created, int unchanged, Optional<Revision> revision, Optional<List<String>> missing) {

  Imported {
    missing = missing.map(List::copyOf);
  }

  Imported(int created, int unchanged, Optional<Revision> revision) {
    this(created, unchanged, revision, Optional.empty());
  }

  Imported missing(Optional<List<String>> gateways) {
    return new Imported(created, unchanged, revision, gateways);
  }
}
