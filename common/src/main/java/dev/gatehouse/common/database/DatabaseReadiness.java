package dev.gatehouse.common.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the database is migrated and answers within the deadline. */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

  private static final String NAME = "database";

  private final Database database;
  private final Pool pool;

  DatabaseReadiness(Database database, Pool pool) {
    this.database = database;
    this.pool = pool;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return database
        .within(() -> pool.query("SELECT 1").execute())
        .map(rows -> HealthCheckResponse.up(NAME))
        .onFailure()
        .recoverWithItem(HealthCheckResponse.down(NAME));
  }
}
