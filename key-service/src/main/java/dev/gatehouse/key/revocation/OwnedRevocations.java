package dev.gatehouse.key.revocation;

import dev.gatehouse.key.owner.OwnedObjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Revocations go with their owner; the gateways heed none of a registration that is gone. */
@ApplicationScoped
class OwnedRevocations implements OwnedObjects {

  private final RevocationTable table;

  OwnedRevocations(RevocationTable table) {
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
        .map(gone -> gone.stream().map(OwnedRevocations::removal).toList());
  }

  private static Removal removal(Revocation gone) {
    return new Removal(
        Objects.requireNonNull(gone.ownerId), gone.ownerReach(), gone.resource(), gone.removed());
  }
}
