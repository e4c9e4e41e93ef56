package dev.gatehouse.common.audit;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.feed.AuditHead;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Looks at the seals at start, and renews them when the API key was rotated. */
@ApplicationScoped
class Sealing {

  private static final Logger LOG = Logger.getLogger(Sealing.class);

  private static final String LOCK =
      """
      SELECT sequence, hash, seal, pruned_through, pruned_hash, pruned_seal
      FROM audit_head FOR UPDATE
      """;

  private static final String SEAL = "UPDATE audit_head SET seal = $1, pruned_seal = $2";

  private final Database database;
  private final Pool pool;
  private final AuditSeals seals;

  Sealing(Database database, Pool pool, AuditSeals seals) {
    this.database = database;
    this.pool = pool;
    this.seals = seals;
  }

  void start(@Observes DatabaseMigrated event) {
    renew()
        .subscribe()
        .with(
            done -> {},
            failure ->
                LOG.warnf(
                    "The seals of the audit log were not looked at: %s",
                    failure.getClass().getSimpleName()));
  }

  Uni<Void> renew() {
    return database.within(() -> pool.withTransaction(Sealing.this::renewOn));
  }

  private Uni<Void> renewOn(SqlConnection connection) {
    return connection
        .query(LOCK)
        .execute()
        .map(rows -> rows.iterator().next())
        .flatMap(
            row ->
                connection
                    .preparedQuery(SEAL)
                    .execute(Tuple.of(renewedHead(head(row, 0)), renewedPruning(head(row, 3)))))
        .replaceWithVoid();
  }

  /** What does not verify stays as it is, as a proof. */
  private String renewedHead(AuditHead held) {
    boolean sound = seals.isSound(held);
    seals.report(sound);
    return sound ? seals.seal(held.sequence(), held.hash()) : held.seal();
  }

  private String renewedPruning(AuditHead held) {
    return seals.isSoundPruning(held)
        ? seals.sealPruning(held.sequence(), held.hash())
        : held.seal();
  }

  private static AuditHead head(Row row, int column) {
    return new AuditHead(row.getLong(column), row.getString(column + 1), row.getString(column + 2));
  }
}
