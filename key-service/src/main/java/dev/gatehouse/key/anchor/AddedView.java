package dev.gatehouse.key.anchor;

import dev.gatehouse.common.feed.server.Revision;
import java.util.List;
import java.util.Optional;

/**
 * The keys of an upload, in its order.
 *
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record AddedView(List<KeyView> keys, Revision revision, Optional<List<String>> missing) {

  AddedView {
    keys = List.copyOf(keys);
    missing = missing.map(List::copyOf);
  }

  static AddedView of(Anchors.Added added, Optional<List<String>> missing) {
    return new AddedView(added.keys(), new Revision(added.revision()), missing);
  }
}
