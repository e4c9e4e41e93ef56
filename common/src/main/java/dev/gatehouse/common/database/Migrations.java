package dev.gatehouse.common.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Migrates the database in the background and keeps trying, so that a service that starts before
 * its database becomes ready by itself once that is there.
 */
@ApplicationScoped
public class Migrations {

  private static final Logger LOG = Logger.getLogger(Migrations.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private final Flyway flyway;
  private final DatabaseConfiguration configuration;
  private final Event<DatabaseMigrated> migrated;
  private volatile boolean done;
  private volatile boolean stopped;

  Migrations(Flyway flyway, DatabaseConfiguration configuration, Event<DatabaseMigrated> migrated) {
    this.flyway = flyway;
    this.configuration = configuration;
    this.migrated = migrated;
  }

  public boolean done() {
    return done;
  }

  void start(@Observes StartupEvent event) {
    Thread thread = new Thread(this::keepTrying, "migrations");
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  private void keepTrying() {
    Duration pause = FIRST_PAUSE;
    while (!stopped && !migrate(pause)) {
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = shorter(pause.multipliedBy(2), configuration.retry());
    }
  }

  private boolean migrate(Duration pause) {
    try {
      flyway.migrate();
      warmUp();
      done = true;
      migrated.fire(new DatabaseMigrated());
      return true;
    } catch (Throwable e) { // Whatever it is, the next attempt may do better.
      if (!stopped) {
        LOG.warnf(
            "The database cannot be migrated yet, trying again in %d ms: %s",
            pause.toMillis(), rootMessage(e));
      }
      return false;
    }
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

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (Throwable next = failure; next != null; next = next.getCause()) {
      root = next;
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
