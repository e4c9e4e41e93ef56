package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The names and organisation ids that were in use once. */
@ApplicationScoped
class FormerUses {

  /**
   * The latest of all clocks counts, so that one which was set back cannot give tokens of a former
   * tenant to the next.
   */
  private static final String REMEMBER_NAMES =
      """
      INSERT INTO former_name (name, tokens_not_before)
      SELECT name,
             greatest(
               :notBefore,
               CAST(extract(epoch FROM greatest(created_at, clock_timestamp())) AS bigint) + 1,
               tokens_not_before)
      FROM tenant WHERE id IN (:ids)
      ON CONFLICT (name) DO UPDATE SET
        tokens_not_before =
          greatest(former_name.tokens_not_before, EXCLUDED.tokens_not_before)
      """;

  private static final String REMEMBER_ORG_IDS =
      """
      INSERT INTO former_org_id (org_id)
      SELECT org_id FROM tenant WHERE id IN (:ids)
      ON CONFLICT (org_id) DO NOTHING
      """;

  Uni<Optional<FormerName>> ofName(TenantId name) {
    return Panache.getSession()
        .flatMap(session -> session.find(FormerName.class, name.value()))
        .map(Optional::ofNullable);
  }

  Uni<Boolean> isKnown(OrgId orgId) {
    return Panache.getSession()
        .flatMap(session -> session.find(FormerOrgId.class, orgId.value()))
        .map(found -> found != null);
  }

  Uni<List<FormerName>> ofNames(Collection<String> names) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createSelectionQuery("from FormerName where name in :names", FormerName.class)
                    .setParameter("names", names)
                    .getResultList());
  }

  Uni<List<FormerOrgId>> ofOrgIds(Collection<String> orgIds) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createSelectionQuery("from FormerOrgId where orgId in :ids", FormerOrgId.class)
                    .setParameter("ids", orgIds)
                    .getResultList());
  }

  /** Sorted by name, from the one that follows {@code after}. */
  Uni<List<FormerName>> namesAfter(String after, int most) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createSelectionQuery(
                        "from FormerName where name > :after order by name", FormerName.class)
                    .setParameter("after", after)
                    .setMaxResults(most)
                    .getResultList());
  }

  /** Sorted as the database sorts, from the one that follows {@code after}. */
  Uni<List<FormerOrgId>> orgIdsAfter(String after, int most) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createSelectionQuery(
                        "from FormerOrgId where orgId > :after order by orgId", FormerOrgId.class)
                    .setParameter("after", after)
                    .setMaxResults(most)
                    .getResultList());
  }

  Uni<Void> persist(List<?> formerUses) {
    return formerUses.isEmpty()
        ? Uni.createFrom().voidItem()
        : Panache.getSession().flatMap(session -> session.persistAll(formerUses.toArray()));
  }

  /**
   * Remembers the names and organisation ids of tenants that are about to go.
   *
   * @param notBefore tokens issued earlier stay dead; seconds since the epoch
   */
  Uni<Void> remember(List<UUID> tenants, long notBefore) {
    return Panache.getSession()
        .call(
            session ->
                session
                    .createNativeQuery(REMEMBER_NAMES)
                    .setParameter("notBefore", notBefore)
                    .setParameter("ids", tenants)
                    .executeUpdate())
        .call(
            session ->
                session
                    .createNativeQuery(REMEMBER_ORG_IDS)
                    .setParameter("ids", tenants)
                    .executeUpdate())
        .replaceWithVoid();
  }
}
