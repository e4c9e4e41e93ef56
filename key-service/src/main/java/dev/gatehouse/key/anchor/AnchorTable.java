package dev.gatehouse.key.anchor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.common.page.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The anchors in PostgreSQL. Everything here runs in the session of its caller. */
@ApplicationScoped
class AnchorTable implements PanacheRepositoryBase<Anchor, UUID> {

  private static final Scope EVERY_KEY = new Scope("keys:all");

  /** An id that names this key, or is used for the first time, and the row of it. */
  private static final String RESERVE =
      """
      INSERT INTO opstrace_id (opstrace_id, key_id)
      SELECT opstrace_id, key_id
      FROM json_to_recordset(CAST(CAST(:ids AS text) AS json)) AS i (opstrace_id text, key_id text)
      ORDER BY opstrace_id
      ON CONFLICT DO NOTHING
      """;

  /**
   * Inserts in the order of the keys, so that two uploads of the same keys cannot lock each other
   * out.
   */
  Uni<Void> insert(List<Anchor> anchors) {
    List<Anchor> ordered = new ArrayList<>(anchors);
    ordered.sort(Comparator.comparing(anchor -> anchor.keyId));
    return reserveOpstraceIds(ordered)
        .flatMap(reserved -> persist(ordered))
        .flatMap(persisted -> flush());
  }

  /** The anchors of a thumbprint or an Opstrace id, whoever owns them, locked in one order. */
  Uni<List<Anchor>> lockByKey(String id) {
    return find("keyId = ?1 or opstraceId = ?1 order by id", id)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<Anchor>> byKey(String id) {
    return list("keyId = ?1 or opstraceId = ?1 order by owner", id);
  }

  /** Anchors of former registrations of a name that is registered anew. */
  Uni<List<Anchor>> lockOfFormer(TenantId owner, UUID registration) {
    return find("owner = ?1 and ownerId <> ?2 order by id", owner.value(), registration)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<Anchor>> lockOwnedBy(Collection<UUID> registrations, int limit) {
    return find("ownerId in ?1 order by id", registrations)
        .range(0, limit - 1)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<Anchor>> lockPersonalOf(UserId user) {
    return find(
            "personalIssuer = ?1 and personalUsername = ?2 order by id",
            user.issuer(),
            user.username().value())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  Uni<List<UUID>> registrations() {
    return find("select distinct ownerId from Anchor where ownerId is not null")
        .project(UUID.class)
        .list();
  }

  Uni<Long> countWithin(TenantId top) {
    StringBuilder where = new StringBuilder("true");
    Map<String, Object> parameters = new HashMap<>();
    within(top, where, parameters);
    return count(where.toString(), parameters);
  }

  /** Those with an id above, for the export. */
  Uni<List<Anchor>> after(Optional<UUID> id, int limit) {
    return (id.isPresent() ? find("id > ?1", Sort.by("id"), id.get()) : findAll(Sort.by("id")))
        .range(0, limit - 1)
        .list();
  }

  /** Those that have the id, or the owner and the key, of one of these. */
  Uni<List<Anchor>> sameAs(List<Anchor> anchors) {
    return list(
        "id in ?1 or keyId in ?2",
        anchors.stream().map(anchor -> anchor.id).toList(),
        anchors.stream().map(anchor -> anchor.keyId).toList());
  }

  Uni<Void> removeAll(List<Anchor> anchors) {
    List<UUID> ids = anchors.stream().map(anchor -> anchor.id).toList();
    return ids.isEmpty() ? Uni.createFrom().voidItem() : delete("id in ?1", ids).replaceWithVoid();
  }

  /**
   * A page of anchors and one more, if there is one, sorted by owner and key.
   *
   * @param caller whose own personal keys are in it, and those of others if it holds {@code
   *     keys:all}
   */
  Uni<List<Anchor>> list(Caller caller, Optional<Reach> owner, PageRequest page) {
    StringBuilder where = new StringBuilder("true");
    Map<String, Object> parameters = new HashMap<>();
    if (owner.isPresent()) {
      where.append(" and owner = :owner");
      parameters.put("owner", owner.get().text());
    }
    caller.reach().top().ifPresent(top -> within(top, where, parameters));
    if (!caller.scopes().contains(EVERY_KEY)) {
      withoutPersonalOfOthers(caller, where, parameters);
    }
    if (page.after().isPresent()) {
      AnchorPosition last = AnchorPosition.parse(page.after().get());
      where.append(" and (owner > :lastOwner or (owner = :lastOwner and keyId > :lastKey))");
      parameters.put("lastOwner", last.owner());
      parameters.put("lastKey", last.keyId());
    }
    return find(where.toString(), Sort.by("owner", "keyId"), parameters)
        .range(0, page.limit())
        .list();
  }

  /** Names compare by their octets, and {@code ;} follows {@code :}. */
  private static void within(TenantId top, StringBuilder where, Map<String, Object> parameters) {
    where.append(" and (owner = :top or (owner > :above and owner < :below))");
    parameters.put("top", top.value());
    parameters.put("above", top.value() + ":");
    parameters.put("below", top.value() + ";");
  }

  private static void withoutPersonalOfOthers(
      Caller caller, StringBuilder where, Map<String, Object> parameters) {
    where.append(" and (personalIssuer is null");
    caller
        .user()
        .ifPresent(
            user -> {
              where.append(" or (personalIssuer = :issuer and personalUsername = :username)");
              parameters.put("issuer", user.issuer());
              parameters.put("username", user.username().value());
            });
    where.append(")");
  }

  private static Uni<Integer> reserveOpstraceIds(List<Anchor> anchors) {
    List<ReservedId> ids =
        anchors.stream().map(anchor -> new ReservedId(anchor.opstraceId, anchor.keyId)).toList();
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(RESERVE)
                    .setParameter("ids", FeedJson.write(ids))
                    .executeUpdate());
  }

  private record ReservedId(
      @JsonProperty("opstrace_id") String opstraceId, @JsonProperty("key_id") String keyId) {}
}
