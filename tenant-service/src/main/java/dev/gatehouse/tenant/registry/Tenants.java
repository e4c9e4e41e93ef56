package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tenants that are stored. */
@ApplicationScoped
class Tenants implements PanacheRepositoryBase<Tenant, UUID> {

  /** Creations share it, imports have it alone; see {@link #lockAgainstCreation}. */
  private static final long LOCK = 0x67617465_74656e74L;

  Uni<Optional<Tenant>> named(TenantId name) {
    return find("name", name.value()).firstResult().map(Optional::ofNullable);
  }

  Uni<Optional<Tenant>> namedForUpdate(TenantId name) {
    return find("name", name.value())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult()
        .map(Optional::ofNullable);
  }

  /** The tenant and all nested in it, sorted by name, locked in that order. */
  Uni<List<Tenant>> subtreeForUpdate(TenantId top) {
    return find(
            "name = :name or name like :below",
            Sort.by("name"),
            Map.<String, Object>of("name", top.value(), "below", top.value() + ":%"))
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<Boolean> hasOrgId(OrgId orgId) {
    return count("orgId", orgId.value()).map(count -> count > 0);
  }

  /** A page of tenants and one more, if there is one. */
  Uni<List<Tenant>> list(TenantFilter filter, PageRequest page) {
    String own = filter.within().top().map(TenantId::value).orElse("");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("after", page.after().orElse(""));
    parameters.put("prefix", filter.prefix().replace("_", "\\_") + "%");
    parameters.put("own", own);
    parameters.put("below", own + ":%");
    parameters.put("above", filter.above());
    String query =
        "name > :after and name like :prefix escape '\\'"
            + " and (:own = '' or name = :own or name like :below or name in :above)";
    if (filter.status().isPresent()) {
      query += " and status = :status";
      parameters.put("status", filter.status().get());
    }
    return find(query, Sort.by("name"), parameters).range(0, page.limit()).list();
  }

  /** A page of registrations sorted by name, from the one that follows {@code after}. */
  Uni<List<Tenant>> after(String after, int most) {
    return find("name > ?1 and name <> '_'", Sort.by("name"), after).range(0, most - 1).list();
  }

  /** Every tenant that has one of these. */
  Uni<List<Tenant>> touchedBy(
      Collection<UUID> ids, Collection<String> names, Collection<String> orgIds) {
    return list(
        "id in :ids or name in :names or orgId in :orgIds",
        Map.<String, Object>of("ids", ids, "names", names, "orgIds", orgIds));
  }

  Uni<Void> persistAll(List<Tenant> created) {
    return created.isEmpty() ? Uni.createFrom().voidItem() : persist(created);
  }

  /** How many tenants are nested in one. */
  Uni<Long> countNestedIn(TenantId top) {
    return count("name like ?1", top.value() + ":%");
  }

  /**
   * Until the transaction ends nobody imports, so that the names that were used once stay as they
   * were looked up. Take it first.
   */
  Uni<Void> lockAgainstImport() {
    return lock("SELECT 1 FROM pg_advisory_xact_lock_shared(" + LOCK + ")");
  }

  /** Until the transaction ends nobody creates a tenant or imports. Take it first. */
  Uni<Void> lockAgainstCreation() {
    return lock("SELECT 1 FROM pg_advisory_xact_lock(" + LOCK + ")");
  }

  private Uni<Void> lock(String sql) {
    return getSession()
        .flatMap(session -> session.createNativeQuery(sql).getSingleResult())
        .replaceWithVoid();
  }
}
