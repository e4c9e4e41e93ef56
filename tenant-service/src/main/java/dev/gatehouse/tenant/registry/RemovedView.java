package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.TenantId;
import java.util.List;
import java.util.Optional;

/** The answer to a removal. */
record RemovedView(
    TenantId name, Revision revision, List<TenantId> removed, Optional<List<String>> missing) {

  RemovedView {
    removed = List.copyOf(removed);
    missing = missing.map(List::copyOf);
  }

  static RemovedView of(Removed removed, Optional<List<String>> missing) {
    return new RemovedView(removed.name(), removed.revision(), removed.removed(), missing);
  }
}
