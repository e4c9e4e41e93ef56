package dev.gatehouse.key.revocation;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.database.Periodic;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;

/** Removes revocations whose tokens are past; on one replica at a time. */
@ApplicationScoped
class RevocationSweep {

  /** Any number that nothing else of ours locks in this database. */
  private static final long LOCK = 0x67617465_7265766fL;

  private static final int BATCH = 500;

  private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(:l)";

  private final Database database;
  private final RevocationTable table;
  private final Writes writes;
  private final Background background;
  private final Vertx vertx;
  private final RevocationConfiguration configuration;

  RevocationSweep(
      Database database,
      RevocationTable table,
      Writes writes,
      Background background,
      Vertx vertx,
      RevocationConfiguration configuration) {
    this.database = database;
    this.table = table;
    this.writes = writes;
    this.background = background;
    this.vertx = vertx;
    this.configuration = configuration;
  }

  void start(@Observes DatabaseMigrated event) {
    Periodic.start(
        vertx, configuration.sweepEvery(), "The sweep of revocations failed", this::sweep);
  }

  /** Removes all that is due, a batch per transaction. */
  Uni<Void> sweep() {
    return Uni.createFrom()
        .deferred(() -> background.run(() -> database.transaction(this::batch)))
        .repeat()
        .whilst(removed -> removed == BATCH)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Integer> batch() {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(TRY_LOCK, Boolean.class)
                    .setParameter("l", LOCK)
                    .getSingleResult())
        .flatMap(mine -> mine ? removePast() : Uni.createFrom().item(0));
  }

  private Uni<Integer> removePast() {
    return table
        .lockPast(Instant.now(), BATCH)
        .call(table::removeAll)
        .call(past -> past.isEmpty() ? Uni.createFrom().voidItem() : tell(past))
        .map(List::size);
  }

  private Uni<Void> tell(List<Revocation> past) {
    return writes
        .commit(
            Caller.SERVICE,
            past.stream().map(Revocation::removed).toList(),
            past.stream().map(RevocationSweep::vanished).toList())
        .replaceWithVoid();
  }

  private static AuditDraft vanished(Revocation past) {
    return AuditDraft.removed(
        past.ownerReach(), "revocation.vanish", past.resource(), RevocationView.of(past));
  }
}
