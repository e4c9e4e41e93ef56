package dev.gatehouse.key.owner;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps an object from being bound to a registration that is removed in the meantime. A write looks
 * the registration up before its transaction, so the removal may be applied in between; whoever
 * comes second here sees what the first has done.
 */
@ApplicationScoped
public class OwnerGuard {

  /** Any number that nothing else of ours locks in this database. */
  private static final long LOCK = 0x67617465_6f776e72L;

  private static final String SHARE = "SELECT CAST(pg_advisory_xact_lock_shared(:l) AS text)";
  private static final String CLOSE = "SELECT CAST(pg_advisory_xact_lock(:l) AS text)";
  private static final String GONE = "SELECT count(*) FROM removed_registration WHERE id IN (:ids)";

  /**
   * Call this first in the transaction that binds something to a registration.
   *
   * @param registration empty when the owner is every tenant
   */
  public Uni<Void> requireLive(Optional<UUID> registration) {
    return registration
        .map(
            id ->
                lock(SHARE)
                    .chain(() -> countRemoved(List.of(id)))
                    .invoke(OwnerGuard::refuseRemoved)
                    .replaceWithVoid())
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /** How many of the registrations are known to be gone; holds off further removals. */
  public Uni<Long> removedAmong(List<UUID> registrations) {
    return registrations.isEmpty()
        ? Uni.createFrom().item(0L)
        : lock(SHARE).chain(() -> countRemoved(registrations));
  }

  /** Waits for the writes that are under way, and holds off further ones. */
  Uni<Void> close() {
    return lock(CLOSE);
  }

  private static Uni<Void> lock(String statement) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(statement, String.class)
                    .setParameter("l", LOCK)
                    .getSingleResult())
        .replaceWithVoid();
  }

  private static Uni<Long> countRemoved(List<UUID> registrations) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(GONE, Long.class)
                    .setParameter("ids", registrations)
                    .getSingleResult());
  }

  private static void refuseRemoved(long removed) {
    if (removed > 0) {
      throw new NotFound(ErrorCode.TENANT_UNKNOWN, "The tenant has just been removed");
    }
  }
}
