package dev.gatehouse.key.anchor;

import dev.gatehouse.key.owner.OwnedObjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Trust anchors go with their owner. */
@ApplicationScoped
class OwnedAnchors implements OwnedObjects {

  private final AnchorTable table;

  OwnedAnchors(AnchorTable table) {
    this.table = table;
  }

  @Override
  public Uni<Set<UUID>> registrations() {
    return table.registrations().map(Set::copyOf);
  }

  @Override
  public Uni<List<Removal>> removeOwnedBy(Collection<UUID> registrations, int limit) {
    return table
        .lockOwnedBy(registrations, limit)
        .call(table::removeAll)
        .map(gone -> gone.stream().map(OwnedAnchors::removal).toList());
  }

  private static Removal removal(Anchor gone) {
    return new Removal(
        Objects.requireNonNull(gone.ownerId), gone.ownerReach(), gone.resource(), gone.removed());
  }
}
