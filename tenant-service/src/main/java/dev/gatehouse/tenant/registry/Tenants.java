package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tenants that are stored. */
@ApplicationScoped
class Tenants implements PanacheRepositoryBase<Tenant, UUID> {

  private static final String REMEMBER_NAMES =
      """
      INSERT INTO former_name (name, tokens_not_before)
      SELECT name, :notBefore FROM tenant WHERE id IN (:ids)
      ON CONFLICT (name) DO UPDATE SET tokens_not_before = EXCLUDED.tokens_not_before
      """;

  private static final String REMEMBER_ORG_IDS =
      """
      INSERT INTO former_org_id (org_id)
      SELECT org_id FROM tenant WHERE id IN (:ids)
      ON CONFLICT (org_id) DO NOTHING
      """;

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
    String query =
        "name > :after and name like :prefix escape '\\'"
            + " and (:own = '' or name = :own or name like :below)";
    if (filter.status().isPresent()) {
      query += " and status = :status";
      parameters.put("status", filter.status().get());
    }
    return find(query, Sort.by("name"), parameters).range(0, page.limit()).list();
  }

  Uni<Optional<FormerName>> formerName(TenantId name) {
    return getSession()
        .flatMap(session -> session.find(FormerName.class, name.value()))
        .map(Optional::ofNullable);
  }

  Uni<Boolean> isFormerOrgId(OrgId orgId) {
    return getSession()
        .flatMap(session -> session.find(FormerOrgId.class, orgId.value()))
        .map(found -> found != null);
  }

  /**
   * Removes the tenants and remembers their names and organisation ids for good.
   *
   * @param notBefore tokens issued earlier stay dead; seconds since the epoch
   */
  Uni<Void> remove(List<Tenant> tenants, long notBefore) {
    List<UUID> ids = tenants.stream().map(tenant -> tenant.id).toList();
    return getSession()
        .call(
            session ->
                session
                    .createNativeQuery(REMEMBER_NAMES)
                    .setParameter("notBefore", notBefore)
                    .setParameter("ids", ids)
                    .executeUpdate())
        .call(
            session ->
                session
                    .createNativeQuery(REMEMBER_ORG_IDS)
                    .setParameter("ids", ids)
                    .executeUpdate())
        .call(() -> delete("id in ?1", ids))
        .replaceWithVoid();
  }
}
