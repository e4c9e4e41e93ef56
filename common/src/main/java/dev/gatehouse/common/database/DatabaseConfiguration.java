package dev.gatehouse.common.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How long PostgreSQL may take, and who changes its schema. */
@ConfigMapping(prefix = "gatehouse.database")
public interface DatabaseConfiguration {

  /**
   * After this a request that waits for PostgreSQL is answered 503, and what it began is rolled
   * back. Waiting for a free connection counts. Keep it under 2 s.
   */
  @WithDefault("1500ms")
  Duration deadline();

  /**
   * How many transactions run at a time; further ones wait. Keep it below {@code
   * quarkus.datasource.reactive.max-size}, so that the change feed always finds a free connection.
   */
  @WithDefault("12")
  int maxTransactions();

  /** A connection on which an answer is overdue for this long is taken for dead and closed. */
  @WithDefault("30s")
  Duration silence();

  /** The longest pause between two attempts to migrate a database that is not there yet. */
  @WithDefault("2s")
  Duration retry();

  /**
   * Who changes the schema: {@code here}, this service when it starts; {@code only}, this process,
   * which then exits; {@code elsewhere}, another process, for which this service waits.
   */
  @WithDefault("here")
  MigrationMode migrations();

  /**
   * The role that gets exactly the rights that the service needs, as it is spelled in {@code
   * pg_roles}; in mode {@code only}. None: rights stay as they are.
   */
  Optional<String> grantTo();

  /** In mode {@code only}: after this the process gives up, says why, and exits with 1. */
  @WithDefault("5m")
  Duration migrationsTimeout();
}
