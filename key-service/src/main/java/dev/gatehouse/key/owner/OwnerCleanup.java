package dev.gatehouse.key.owner;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.common.feed.server.Draft;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Removes what is bound to registrations that are gone, in one transaction with the position in the
 * feed that told so.
 */
@ApplicationScoped
class OwnerCleanup {

  /** Of objects in one transaction, as each has its deadline. */
  private static final int BATCH = 500;

  /** For longer than any write takes between looking a registration up and binding to it. */
  private static final String FORGET =
      "DELETE FROM removed_registration WHERE removed_at < now() - interval '1 hour'";

  private static final String REMEMBER =
      """
      INSERT INTO removed_registration (id, removed_at)
      SELECT CAST(id AS uuid), now() FROM unnest(string_to_array(:ids, ' ')) AS t (id)
      ON CONFLICT (id) DO UPDATE SET removed_at = EXCLUDED.removed_at
      """;

  private static final String REVIVE =
      """
      DELETE FROM removed_registration
      WHERE id IN (SELECT CAST(id AS uuid) FROM unnest(string_to_array(:ids, ' ')) AS t (id))
      """;

  private final Database database;
  private final Background background;
  private final TenantsPosition position;
  private final OwnerGuard guard;
  private final List<OwnedObjects> kinds;
  private final Writes writes;

  OwnerCleanup(
      Database database,
      Background background,
      TenantsPosition position,
      OwnerGuard guard,
      @All List<OwnedObjects> kinds,
      Writes writes) {
    this.database = database;
    this.background = background;
    this.position = position;
    this.guard = guard;
    this.kinds = kinds;
    this.writes = writes;
  }

  /** All registrations that something is bound to at the moment. */
  Uni<Set<UUID>> bound() {
    return background.run(
        () ->
            database.session(
                () -> {
                  Uni<Set<UUID>> bound = Uni.createFrom().item(Set.of());
                  for (OwnedObjects kind : kinds) {
                    bound =
                        bound.flatMap(
                            before -> kind.registrations().map(more -> union(before, more)));
                  }
                  return bound;
                }));
  }

  enum Outcome {
    /** All is done, and the position is the new one. */
    MOVED,
    /** There is more to remove than one transaction should; the position is the same. */
    MORE,
    /** The position was another one: another replica was faster. */
    OUTRUN
  }

  /** Applies one step of the feed, or some of it. */
  Uni<Outcome> apply(FeedPosition from, Registrations news, FeedPosition to) {
    return background.run(
        () ->
            database.transaction(
                () ->
                    position
                        .lockAt(from)
                        .flatMap(
                            same ->
                                same
                                    ? applyLocked(from, news, to)
                                    : Uni.createFrom().item(Outcome.OUTRUN))));
  }

  private Uni<Outcome> applyLocked(FeedPosition from, Registrations news, FeedPosition to) {
    return revive(news.live())
        .chain(() -> removeAll(news.removed()))
        .flatMap(
            more ->
                more
                    ? Uni.createFrom().item(Outcome.MORE)
                    : move(from, to).replaceWith(Outcome.MOVED));
  }

  private Uni<Void> move(FeedPosition from, FeedPosition to) {
    return from.equals(to) ? done() : position.move(to);
  }

  private Uni<Boolean> removeAll(Set<UUID> registrations) {
    if (registrations.isEmpty()) {
      return Uni.createFrom().item(false);
    }
    return guard
        .close()
        .chain(() -> execute(FORGET))
        .chain(() -> executeWith(REMEMBER, registrations))
        .chain(() -> removeOwnedBy(registrations))
        .call(this::tell)
        .map(removals -> removals.size() >= BATCH);
  }

  /** An import can bring a registration back under its id. */
  private static Uni<Void> revive(Set<UUID> registrations) {
    return registrations.isEmpty() ? done() : executeWith(REVIVE, registrations);
  }

  private Uni<List<OwnedObjects.Removal>> removeOwnedBy(Set<UUID> registrations) {
    Uni<List<OwnedObjects.Removal>> removals = Uni.createFrom().item(List.of());
    for (OwnedObjects kind : kinds) {
      removals =
          removals.flatMap(
              before -> kind.removeOwnedBy(registrations, BATCH).map(more -> joined(before, more)));
    }
    return removals;
  }

  private Uni<Void> tell(List<OwnedObjects.Removal> removals) {
    if (removals.isEmpty()) {
      return done();
    }
    List<Draft> changes = removals.stream().map(OwnedObjects.Removal::change).toList();
    return writes.commit(Caller.SERVICE, changes, audit(removals)).replaceWithVoid();
  }

  /** One entry for each registration. */
  private static List<AuditDraft> audit(List<OwnedObjects.Removal> removals) {
    return removals.stream()
        .collect(
            Collectors.groupingBy(
                OwnedObjects.Removal::registration, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(gone -> gone(gone.getKey(), gone.getValue()))
        .toList();
  }

  private static AuditDraft gone(UUID registration, List<OwnedObjects.Removal> removals) {
    List<String> resources = removals.stream().map(OwnedObjects.Removal::resource).toList();
    return AuditDraft.removed(
        removals.get(0).owner(),
        "owner.removed",
        "/api/v1/tenants/" + removals.get(0).owner().text(),
        Map.of("id", registration, "removed", resources));
  }

  private static Uni<Void> execute(String statement) {
    return Panache.getSession()
        .flatMap(session -> session.createNativeQuery(statement).executeUpdate())
        .replaceWithVoid();
  }

  private static Uni<Void> executeWith(String statement, Collection<UUID> ids) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(statement)
                    .setParameter(
                        "ids", ids.stream().map(UUID::toString).collect(Collectors.joining(" ")))
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }

  private static Set<UUID> union(Set<UUID> one, Set<UUID> other) {
    Set<UUID> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    List<T> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
