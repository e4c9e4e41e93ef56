package dev.gatehouse.common.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Migrates the database in the background, or waits until another process has, and keeps trying, so
 * that a service that starts before its database becomes ready by itself once that is there.
 */
@ApplicationScoped
public class Migrations {

  private final Flyway flyway;
  private final DatabaseConfiguration configuration;
  private final Event<DatabaseMigrated> migrated;
  private volatile @Nullable Attempts attempts;
  private volatile boolean done;

  Migrations(Flyway flyway, DatabaseConfiguration configuration, Event<DatabaseMigrated> migrated) {
    this.flyway = flyway;
    this.configuration = configuration;
    this.migrated = migrated;
  }

  public boolean done() {
    return done;
  }

  void start(@Observes StartupEvent event) {
    boolean here = configuration.migrations() == MigrationMode.HERE;
    attempts =
        Attempts.start(
            here ? "The database cannot be migrated yet" : "The database is not migrated yet",
            configuration.retry(),
            () -> begin(here));
  }

  void stop(@Observes ShutdownEvent event) {
    Attempts begun = attempts;
    if (begun != null) {
      begun.stop();
    }
  }

  private void begin(boolean here) throws Throwable {
    if (here) {
      flyway.migrate();
    } else {
      flyway.validate();
    }
    warmUp();
    done = true;
    migrated.fire(new DatabaseMigrated());
  }

  /** The first use loads hundreds of classes; no request should pay for that with its deadline. */
  private static void warmUp() throws Throwable {
    VertxContextSupport.subscribeAndAwait(
        () ->
            Panache.withTransaction(
                () ->
                    Panache.getSession()
                        .flatMap(it -> it.createNativeQuery("SELECT 1").getSingleResult())));
  }
}
