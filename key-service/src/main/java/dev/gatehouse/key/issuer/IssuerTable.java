package dev.gatehouse.key.issuer;

import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The issuers in PostgreSQL. Everything here runs in the session of its caller. */
@ApplicationScoped
class IssuerTable implements PanacheRepositoryBase<Issuer, UUID> {

  /** Any number that nothing else of ours locks in this database. */
  private static final String TAKE_TURNS =
      "SELECT 1 FROM pg_advisory_xact_lock(7449363199424099189)";

  /**
   * The operator's first, then those that went well last time, so that what fails does not crowd
   * the others out.
   */
  private static final String DUE =
      """
      SELECT id, url, owner, failures FROM issuer
      WHERE next_fetch_at <= :now AND (leased_until IS NULL OR leased_until <= :now)
      ORDER BY CASE WHEN owner = '*' THEN 0 WHEN failures = 0 THEN 1 ELSE 2 END, next_fetch_at
      LIMIT :most
      """;

  /** More than are due in a second are not looked at in that second. */
  private static final int MOST_DUE = 1_000;

  /**
   * Registrations take turns until the end of the transaction, so that two of them cannot both find
   * that nobody has their audience. They are rare. Lock this before any row.
   */
  Uni<Void> takeTurns() {
    return Panache.getSession()
        .flatMap(session -> session.createNativeQuery(TAKE_TURNS).getSingleResult())
        .replaceWithVoid();
  }

  Uni<@Nullable Issuer> lock(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Those of the configuration. */
  Uni<List<Issuer>> lockConfigured() {
    return find("owner = ?1 order by id", Reach.EVERYTHING.text())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<Issuer>> lockByName(IssuerName name) {
    return find("name = ?1 order by id", name.value())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  /** Issuers of former registrations of a name that is registered anew. */
  Uni<List<Issuer>> lockOfFormer(TenantId owner, UUID registration) {
    return find("owner = ?1 and ownerId <> ?2 order by id", owner.value(), registration)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<Issuer>> lockOwnedBy(Collection<UUID> registrations) {
    return find("ownerId in ?1 order by id", registrations)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<Issuer>> byName(IssuerName name) {
    return list("name = ?1 order by owner", name.value());
  }

  Uni<List<Issuer>> byUrl(String url) {
    return list("url", url);
  }

  /** Those of a top-level tenant and of those nested in it. */
  Uni<Long> countWithin(TenantId top) {
    return count(
        "owner = ?1 or (owner > ?2 and owner < ?3)",
        top.value(),
        top.value() + ":",
        top.value() + ";");
  }

  /** A page of issuers and one more, if there is one, sorted by owner and name. */
  Uni<List<Issuer>> list(Reach within, Optional<Reach> owner, PageRequest page) {
    StringBuilder where = new StringBuilder("true");
    Map<String, Object> parameters = new HashMap<>();
    if (owner.isPresent()) {
      where.append(" and owner = :owner");
      parameters.put("owner", owner.get().text());
    }
    within.top().ifPresent(top -> within(top, where, parameters));
    if (page.after().isPresent()) {
      IssuerPosition last = IssuerPosition.parse(page.after().get());
      where.append(" and (owner > :lastOwner or (owner = :lastOwner and name > :lastName))");
      parameters.put("lastOwner", last.owner());
      parameters.put("lastName", last.name());
    }
    return find(where.toString(), Sort.by("owner", "name"), parameters)
        .range(0, page.limit())
        .list();
  }

  /** Those that tenants registered, in a fixed order, after the one given. */
  Uni<List<Issuer>> ofTenants(Optional<UUID> after, int most) {
    return find(
            "owner <> ?1 and id > ?2 order by id",
            Reach.EVERYTHING.text(),
            after.orElse(new UUID(0, 0)))
        .page(0, most)
        .list();
  }

  /** Those whose keys are to be fetched, and are not being fetched. */
  Uni<List<Due>> due(Instant now) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(DUE, Tuple.class)
                    .setParameter("now", now)
                    .setParameter("most", MOST_DUE)
                    .getResultList())
        .map(rows -> rows.stream().map(Due::of).toList());
  }

  Uni<Void> persistAll(List<Issuer> issuers) {
    Uni<Void> persisted = Uni.createFrom().voidItem();
    for (Issuer issuer : issuers) {
      persisted = persisted.flatMap(done -> persist(issuer)).replaceWithVoid();
    }
    return persisted.flatMap(done -> flush());
  }

  Uni<Void> deleteAll(List<Issuer> issuers) {
    Uni<Void> deleted = Uni.createFrom().voidItem();
    for (Issuer issuer : issuers) {
      deleted = deleted.flatMap(done -> delete(issuer));
    }
    return deleted.flatMap(done -> flush());
  }

  /** Names compare by their octets, and {@code ;} follows {@code :}. */
  private static void within(TenantId top, StringBuilder where, Map<String, Object> parameters) {
    where.append(" and (owner = :top or (owner > :above and owner < :below))");
    parameters.put("top", top.value());
    parameters.put("above", top.value() + ":");
    parameters.put("below", top.value() + ";");
  }

  /** An issuer whose keys are to be fetched. */
  record Due(UUID id, Provider provider) {
    static Due of(Tuple row) {
      return new Due(
          row.get(0, UUID.class),
          new Provider(
              row.get(1, String.class),
              Reach.parse(row.get(2, String.class)),
              row.get(3, Integer.class) > 0));
    }
  }
}
