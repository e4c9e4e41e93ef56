package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.TenantId;
import java.util.List;

/** A tenant that was removed, with those nested in it; the revision of the last removal. */
record Removed(TenantId name, Revision revision, List<TenantId> removed) {

  Removed {
    removed = List.copyOf(removed);
  }
}
