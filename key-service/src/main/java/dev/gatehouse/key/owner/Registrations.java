package dev.gatehouse.key.owner;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.TenantEntry;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What changes of the tenants' feed say of registrations in the end.
 *
 * @param live are there
 * @param removed are there no longer
 */
record Registrations(Set<UUID> live, Set<UUID> removed) {

  Registrations {
    live = Set.copyOf(live);
    removed = Set.copyOf(removed);
  }

  static final Registrations NONE = new Registrations(Set.of(), Set.of());

  static Registrations of(Collection<Change> changes) {
    return NONE.after(changes);
  }

  Registrations after(Collection<Change> changes) {
    Set<UUID> there = new HashSet<>(live);
    Set<UUID> gone = new HashSet<>(removed);
    for (Change change : changes) {
      if (change.kind().equals(TenantEntry.KIND)) {
        (change.isRemoval() ? gone : there).add(change.id());
        (change.isRemoval() ? there : gone).remove(change.id());
      }
    }
    return new Registrations(there, gone);
  }

  /** Those of {@code bound} that are not there. */
  Set<UUID> missing(Set<UUID> bound) {
    Set<UUID> missing = new HashSet<>(bound);
    missing.removeAll(live);
    return missing;
  }
}
