package dev.gatehouse.key.issuer;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The issuers in PostgreSQL. Everything here runs in the session of its caller. */
@ApplicationScoped
class IssuerTable implements PanacheRepositoryBase<Issuer, UUID> {

  Uni<@Nullable Issuer> lock(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  Uni<@Nullable Issuer> lockByName(String name) {
    return find("name", name).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
  }

  /** Those whose keys are to be fetched, and are not being fetched. */
  Uni<List<UUID>> due(Instant now) {
    return find(
            "select id from Issuer where nextFetchAt <= ?1"
                + " and (leasedUntil is null or leasedUntil <= ?1)",
            now)
        .project(UUID.class)
        .list();
  }
}
