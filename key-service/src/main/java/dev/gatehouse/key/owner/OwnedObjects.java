package dev.gatehouse.key.owner;

import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.name.Reach;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Objects of one kind that are bound to registrations of tenants and go with them. Everything here
 * runs in the transaction of its caller.
 */
public interface OwnedObjects {

  /** All registrations that something is bound to. */
  Uni<Set<UUID>> registrations();

  /**
   * Removes what is bound to any of these registrations.
   *
   * @param limit the most that goes in this transaction; there is more if as much goes
   */
  Uni<List<Removal>> removeOwnedBy(Collection<UUID> registrations, int limit);

  /**
   * An object that went.
   *
   * @param owner the name that the registration had
   * @param resource its address in the API
   * @param change what the gateways are told
   */
  record Removal(UUID registration, Reach owner, String resource, Draft change) {}
}
