package dev.gatehouse.key.revocation;

import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The revocations in PostgreSQL. Everything here runs in the session of its caller. */
@ApplicationScoped
class RevocationTable implements PanacheRepositoryBase<Revocation, UUID> {

  /** One writer at a time of a content: the others find what the first has written. */
  private static final String LOCK_CONTENT =
      "SELECT CAST(pg_advisory_xact_lock(hashtextextended(:content, 0)) AS text)";

  Uni<Optional<Revocation>> lockByContent(String hash) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(LOCK_CONTENT, String.class)
                    .setParameter("content", hash)
                    .getSingleResult())
        .chain(() -> find("contentHash", hash).<Revocation>firstResult())
        .map(Optional::ofNullable);
  }

  Uni<@Nullable Revocation> lock(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  Uni<List<Revocation>> lockOwnedBy(Collection<UUID> registrations, int limit) {
    return find("ownerId in ?1 order by id", registrations)
        .range(0, limit - 1)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<Revocation>> lockPast(Instant now, int limit) {
    return find("vanishesAt <= ?1 order by id", now)
        .range(0, limit - 1)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<UUID>> registrations() {
    return find("select distinct ownerId from Revocation where ownerId is not null")
        .project(UUID.class)
        .list();
  }

  Uni<Long> countWithin(TenantId top) {
    return count(
        "owner = :top or (owner > :above and owner < :below)",
        Map.<String, Object>of(
            "top", top.value(), "above", top.value() + ":", "below", top.value() + ";"));
  }

  /** A page of revocations and one more, if there is one, oldest first. */
  Uni<List<Revocation>> list(
      Reach within, Optional<Reach> owner, Optional<RevocationEntry.Type> type, PageRequest page) {
    StringBuilder where = new StringBuilder("true");
    Map<String, Object> parameters = new HashMap<>();
    if (owner.isPresent()) {
      where.append(" and owner = :owner");
      parameters.put("owner", owner.get().text());
    }
    if (type.isPresent()) {
      where.append(" and type = :type");
      parameters.put("type", type.get().text());
    }
    within.top().ifPresent(top -> within(top, where, parameters));
    if (page.after().isPresent()) {
      RevocationPosition last = RevocationPosition.parse(page.after().get());
      where.append(" and (createdAt > :age or (createdAt = :age and id > :id))");
      parameters.put("age", last.createdAt());
      parameters.put("id", last.id());
    }
    return find(where.toString(), Sort.by("createdAt", "id"), parameters)
        .range(0, page.limit())
        .list();
  }

  /** Those with an id above, for the export. */
  Uni<List<Revocation>> after(Optional<UUID> id, int limit) {
    return (id.isPresent() ? find("id > ?1", Sort.by("id"), id.get()) : findAll(Sort.by("id")))
        .range(0, limit - 1)
        .list();
  }

  Uni<List<Revocation>> sameAs(List<Revocation> revocations) {
    return list(
        "id in ?1 or contentHash in ?2",
        revocations.stream().map(it -> it.id).toList(),
        revocations.stream().map(it -> it.contentHash).toList());
  }

  Uni<Void> removeAll(List<Revocation> revocations) {
    List<UUID> ids = revocations.stream().map(it -> it.id).toList();
    return ids.isEmpty() ? Uni.createFrom().voidItem() : delete("id in ?1", ids).replaceWithVoid();
  }

  /** Names compare by their octets, and {@code ;} follows {@code :}. */
  private static void within(TenantId top, StringBuilder where, Map<String, Object> parameters) {
    where.append(" and (owner = :top or (owner > :above and owner < :below))");
    parameters.put("top", top.value());
    parameters.put("above", top.value() + ":");
    parameters.put("below", top.value() + ";");
  }
}
