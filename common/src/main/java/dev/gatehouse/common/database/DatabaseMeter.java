package dev.gatehouse.common.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Shows as a metric whether the database answers, asked as readiness asks it: what a probe heard is
 * known to whoever probes, and to nobody else.
 */
@ApplicationScoped
class DatabaseMeter {

  private static final Duration PACE = Duration.ofSeconds(5);

  private final Database database;
  private final Pool pool;
  private final Vertx vertx;
  private volatile boolean up;

  DatabaseMeter(Database database, Pool pool, Vertx vertx, MeterRegistry registry) {
    this.database = database;
    this.pool = pool;
    this.vertx = vertx;
    Gauge.builder("gatehouse.database.up", () -> up ? 1 : 0)
        .description("Whether the database is migrated and answers within the deadline")
        .register(registry);
  }

  void start(@Observes StartupEvent event) {
    Periodic.start(vertx, PACE, "The database was not looked at", this::look);
  }

  private Uni<Void> look() {
    return database
        .within(() -> pool.query("SELECT 1").execute())
        .map(rows -> true)
        .onFailure()
        .recoverWithItem(false)
        .invoke(answered -> up = answered)
        .replaceWithVoid();
  }
}
