package dev.gatehouse.common.audit;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import dev.gatehouse.common.name.Reach;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Removes the oldest entries, which the operator has exported. A batch is a transaction, so that it
 * stays within its deadline; what was interrupted goes on when it is asked for again.
 */
@ApplicationScoped
class Pruning {

  private static final int BATCH = 5_000;

  private static final String LOCK_HEAD =
      "SELECT sequence, hash, seal, pruned_through FROM audit_head FOR UPDATE";

  private static final String LAST_UP_TO =
      """
      SELECT sequence, hash FROM audit WHERE sequence <= :through ORDER BY sequence DESC LIMIT 1
      """;

  private static final String REMOVE = "DELETE FROM audit WHERE sequence <= :through";

  private static final String REMEMBER =
      """
      UPDATE audit_head
      SET pruned_through = :through, pruned_hash = :hash, pruned_seal = :seal
      """;

  private static final String SEAL_ANEW = "UPDATE audit_head SET seal = :seal";

  private final Database database;
  private final Audit audit;
  private final AuditSeals seals;
  private final String service;

  Pruning(Database database, Audit audit, AuditSeals seals, FeedConfiguration feed) {
    this.database = database;
    this.audit = audit;
    this.seals = seals;
    this.service = feed.name();
  }

  /**
   * Removes all entries up to {@code through}, which must have that hash, and records that.
   *
   * <p>When that is all there is, whoever asks vouches for the log as it was, and its head is
   * sealed again should its seal have been broken.
   */
  Uni<Pruned> prune(Caller caller, long through, String hash) {
    return database
        .transaction(() -> begin(caller, through, hash))
        .chain(() -> batches(through))
        .map(removed -> new Pruned(service, removed, through + 1));
  }

  private Uni<Void> begin(Caller caller, long through, String hash) {
    AuditDraft entry =
        AuditDraft.created(
            Reach.EVERYTHING,
            "audit.prune",
            "/api/v1/audit",
            new PruneRequest(Optional.of(through), Optional.of(hash)));
    return Panache.getSession()
        .flatMap(
            session ->
                lockHead(session)
                    .call(head -> requireHash(session, through, hash))
                    .call(head -> vouch(session, head, through)))
        .chain(() -> audit.record(caller, entry));
  }

  private static Uni<Head> lockHead(Mutiny.Session session) {
    return session
        .createNativeQuery(LOCK_HEAD, Tuple.class)
        .getSingleResult()
        .map(
            row ->
                new Head(
                    new AuditHead(
                        row.get(0, Long.class), row.get(1, String.class), row.get(2, String.class)),
                    row.get(3, Long.class)));
  }

  private static Uni<Void> requireHash(Mutiny.Session session, long through, String hash) {
    return lastUpTo(session, through)
        .invoke(
            found -> {
              if (found
                  .filter(it -> it.sequence() == through && it.hash().equals(hash))
                  .isEmpty()) {
                throw new Conflict(
                    ErrorCode.AUDIT_MISMATCH,
                    "There is no entry " + through + " with this hash in the log");
              }
            })
        .replaceWithVoid();
  }

  private Uni<?> vouch(Mutiny.Session session, Head held, long through) {
    AuditHead head = held.head();
    if (head.sequence() != through || seals.isSound(head)) {
      return Uni.createFrom().voidItem();
    }
    return session
        .createNativeQuery(SEAL_ANEW)
        .setParameter("seal", seals.seal(head.sequence(), head.hash()))
        .executeUpdate();
  }

  private Uni<Long> batches(long through) {
    return Uni.createFrom()
        .deferred(() -> database.transaction(() -> batch(through)))
        .repeat()
        .whilst(removed -> removed > 0)
        .collect()
        .with(Collectors.summingLong(Integer::longValue));
  }

  private Uni<Integer> batch(long through) {
    return Panache.getSession()
        .flatMap(
            session ->
                lockHead(session)
                    .flatMap(
                        head -> lastUpTo(session, Math.min(head.prunedThrough() + BATCH, through)))
                    .flatMap(
                        last ->
                            last.map(it -> remove(session, it))
                                .orElseGet(() -> Uni.createFrom().item(0))));
  }

  private Uni<Integer> remove(Mutiny.Session session, Last last) {
    return session
        .createNativeQuery(REMEMBER)
        .setParameter("through", last.sequence())
        .setParameter("hash", last.hash())
        .setParameter("seal", seals.sealPruning(last.sequence(), last.hash()))
        .executeUpdate()
        .chain(
            () ->
                session
                    .createNativeQuery(REMOVE)
                    .setParameter("through", last.sequence())
                    .executeUpdate());
  }

  private static Uni<Optional<Last>> lastUpTo(Mutiny.Session session, long through) {
    return session
        .createNativeQuery(LAST_UP_TO, Tuple.class)
        .setParameter("through", through)
        .getResultList()
        .map(Pruning::first);
  }

  private static Optional<Last> first(List<Tuple> rows) {
    return rows.stream()
        .findFirst()
        .map(row -> new Last(row.get(0, Long.class), row.get(1, String.class)));
  }

  private record Head(AuditHead head, long prunedThrough) {}

  private record Last(long sequence, String hash) {}
}
