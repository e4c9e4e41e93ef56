package dev.gatehouse.key.issuer;

import dev.gatehouse.key.owner.OwnedObjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Issuers go with their owner. */
@ApplicationScoped
class OwnedIssuers implements OwnedObjects {

  private final IssuerTable table;

  OwnedIssuers(IssuerTable table) {
    this.table = table;
  }

  @Override
  public Uni<Set<UUID>> registrations() {
    return table
        .find("select distinct ownerId from Issuer where ownerId is not null")
        .project(UUID.class)
        .list()
        .map(Set::copyOf);
  }

  /** There are at most a few of each owner, so the limit is never reached. */
  @Override
  public Uni<List<Removal>> removeOwnedBy(Collection<UUID> registrations, int limit) {
    return table
        .lockOwnedBy(registrations)
        .call(owned -> table.deleteAll(owned))
        .map(owned -> owned.stream().map(OwnedIssuers::removal).toList());
  }

  private static Removal removal(Issuer gone) {
    return new Removal(
        Objects.requireNonNull(gone.ownerId),
        gone.ownerReach(),
        "/api/v1/issuers/" + gone.name,
        gone.removed());
  }
}
