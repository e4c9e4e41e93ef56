package dev.gatehouse.key.transfer;

import dev.gatehouse.common.feed.server.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What came of an import.
 *
 * @param unchanged entries that were there already, just so
 * @param revision the last change; absent when the gateways need not hear of any
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

  Imported missing(Optional<List<String>> missing) {
    return new Imported(created, unchanged, revision, missing);
  }
}
