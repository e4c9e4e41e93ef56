package dev.gatehouse.common.database;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

/**
 * In mode {@code only}: migrates, gives the service's role its rights, and ends the process. That
 * happens before any port is opened and before anything else of the service begins, so that it
 * needs neither the API key nor any other configuration than that of the database.
 */
@ApplicationScoped
class MigrationsOnly {

  private static final Logger LOG = Logger.getLogger(MigrationsOnly.class);
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final Flyway flyway;
  private final DataSource database;
  private final DatabaseConfiguration configuration;

  MigrationsOnly(Flyway flyway, DataSource database, DatabaseConfiguration configuration) {
    this.flyway = flyway;
    this.database = database;
    this.configuration = configuration;
  }

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
      throws InterruptedException {
    if (configuration.migrations() == MigrationMode.ONLY) {
      Quarkus.asyncExit(exitCode());
      // Nothing else of the service begins; Quarkus says nothing about this one.
      throw new PreventFurtherStepsException();
    }
  }

  private int exitCode() throws InterruptedException {
    Attempts attempts =
        Attempts.start(
            "The database cannot be migrated yet", configuration.retry(), this::migrateAndGrant);
    // Quarkus ends nothing that has not started; so a signal ends the waiting first.
    Runtime.getRuntime().addShutdownHook(new Thread(attempts::stop, "stop"));
    if (attempts.await(configuration.migrationsTimeout())) {
      return DONE;
    }
    attempts.stop();
    LOG.errorf(
        "The database is not migrated (gatehouse.database.migrations-timeout is %s): %s",
        configuration.migrationsTimeout(), attempts.trouble());
    return FAILED;
  }

  private void migrateAndGrant() throws SQLException {
    flyway.migrate();
    String role = configuration.grantTo().orElse("");
    if (role.isEmpty()) {
      LOG.info("The database is migrated");
    } else if (isNewerThanWeKnow()) {
      // A pod of the old version that comes again during an upgrade: its rights are a subset.
      LOG.infof("The database is newer than this version: the rights of %s stay as they are", role);
    } else {
      try (Connection connection = database.getConnection()) {
        Grants.give(connection, role);
      }
      LOG.infof("The database is migrated, and %s has the rights of the service", role);
    }
  }

  private boolean isNewerThanWeKnow() {
    return Stream.of(flyway.info().all())
        .map(MigrationInfo::getState)
        .anyMatch(it -> it.isApplied() && !it.isResolved());
  }
}
