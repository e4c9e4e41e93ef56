package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.database.Periodic;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Removes changes that a newer one has superseded, and tombstones, once they are older than is
 * kept; and watchers that stopped serving long ago. On one replica at a time.
 */
@ApplicationScoped
class Sweep {

  /** Any number that nothing else of ours locks in this database. */
  private static final long LOCK = 0x67617465_73776570L;

  private static final int BATCH = 10_000;

  private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock($1)";

  private static final String MORE_TIME = "SET LOCAL statement_timeout = '30s'";

  /** The newest change stays, whatever it is, as the feed's hash belongs to it. */
  private static final String COMPACT =
      """
      WITH old AS (
        SELECT max(revision) AS through FROM change
        WHERE at < now() - $1 * interval '1 millisecond'
          AND revision < (SELECT revision FROM feed_head)),
      doomed AS (
        SELECT c.revision FROM change c, old
        WHERE c.revision <= old.through
          AND (c.content IS NULL
               OR EXISTS (SELECT 1 FROM change n WHERE n.id = c.id AND n.revision > c.revision))
        LIMIT $2),
      gone AS (
        DELETE FROM change USING doomed WHERE change.revision = doomed.revision
        RETURNING change.revision)
      UPDATE feed_head SET compacted_through = greatest(compacted_through, old.through)
      FROM old WHERE EXISTS (SELECT 1 FROM gone)
      RETURNING (SELECT count(*) FROM gone)
      """;

  private static final String FORGET_WATCHERS =
      "DELETE FROM watcher WHERE serves_until < now() - interval '1 day'";

  private final Pool pool;
  private final Vertx vertx;
  private final FeedConfiguration configuration;

  Sweep(Pool pool, Vertx vertx, FeedConfiguration configuration) {
    this.pool = pool;
    this.vertx = vertx;
    this.configuration = configuration;
  }

  void start(@Observes DatabaseMigrated event) {
    Periodic.start(
        vertx, configuration.sweepEvery(), "The sweep of old changes failed", this::sweep);
  }

  /** Removes all that is due, a batch per transaction. */
  Uni<Void> sweep() {
    return Uni.createFrom()
        .deferred(() -> pool.withTransaction(this::batch))
        .repeat()
        .whilst(more -> more)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Boolean> batch(SqlConnection connection) {
    return connection
        .preparedQuery(TRY_LOCK)
        .execute(Tuple.of(LOCK))
        .map(rows -> rows.iterator().next().getBoolean(0))
        .flatMap(locked -> locked ? compact(connection) : Uni.createFrom().item(false));
  }

  private Uni<Boolean> compact(SqlConnection connection) {
    Duration keep = configuration.keep();
    return connection
        .query(MORE_TIME)
        .execute()
        .chain(() -> connection.query(FORGET_WATCHERS).execute())
        .chain(
            () ->
                connection.preparedQuery(COMPACT).execute(Tuple.of(keep.toMillis(), (long) BATCH)))
        .map(Sweep::isFull);
  }

  private static boolean isFull(RowSet<Row> rows) {
    return rows.size() > 0 && rows.iterator().next().getLong(0) == BATCH;
  }
}
