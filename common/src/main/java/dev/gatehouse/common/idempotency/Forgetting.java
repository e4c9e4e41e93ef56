package dev.gatehouse.common.idempotency;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.database.Periodic;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Forgets answers that are too old to be given again, a bounded number each time. */
@ApplicationScoped
class Forgetting {

  private static final String FORGET =
      """
      DELETE FROM idempotency WHERE id IN (
        SELECT id FROM idempotency WHERE created_at < now() - interval '24 hours'
        ORDER BY created_at LIMIT 5000 FOR UPDATE SKIP LOCKED)
      """;

  private final Database database;
  private final Pool pool;
  private final Vertx vertx;
  private final FeedConfiguration configuration;

  Forgetting(Database database, Pool pool, Vertx vertx, FeedConfiguration configuration) {
    this.database = database;
    this.pool = pool;
    this.vertx = vertx;
    this.configuration = configuration;
  }

  void start(@Observes DatabaseMigrated event) {
    Periodic.start(vertx, configuration.sweepEvery(), "Old answers are still kept", this::forget);
  }

  Uni<Void> forget() {
    return database.within(() -> pool.query(FORGET).execute()).replaceWithVoid();
  }
}
