package dev.gatehouse.common.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pool so that a PostgreSQL that hangs cannot hold anything for long: the server ends
 * statements that run over the deadline, and a connection that stays silent is closed here.
 */
@Singleton
public class DatabasePool implements PgPoolCreator {

  private final DatabaseConfiguration configuration;
  private volatile @Nullable PgConnectOptions listening;

  DatabasePool(DatabaseConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public Pool create(Input input) {
    // Under the pool's own name its gauges would be registered a second time.
    listening =
        new PgConnectOptions(input.pgConnectOptionsList().get(0))
            .setTcpKeepAlive(true)
            .setMetricsName("postgresql|listening");
    List<SqlConnectOptions> servers =
        input.pgConnectOptionsList().stream().<SqlConnectOptions>map(this::withDeadlines).toList();
    return PgBuilder.pool()
        .with(withDeadlines(input.poolOptions()))
        .connectingTo(servers)
        .using(input.vertx())
        .build();
  }

  /** For a connection of its own that listens; it may be silent for as long as it likes. */
  public PgConnectOptions listening() {
    PgConnectOptions options = listening;
    if (options == null) {
      throw new IllegalStateException("The pool has not been built yet");
    }
    return new PgConnectOptions(options);
  }

  private PgConnectOptions withDeadlines(PgConnectOptions given) {
    String deadline = Long.toString(configuration.deadline().toMillis());
    PgConnectOptions options = new PgConnectOptions(given);
    options.addProperty("statement_timeout", deadline);
    options.addProperty("lock_timeout", deadline);
    options.addProperty("idle_in_transaction_session_timeout", deadline);
    options.setConnectTimeout((int) configuration.deadline().toMillis());
    options.setIdleTimeout((int) configuration.silence().toMillis());
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setTcpKeepAlive(true);
    return options;
  }

  private PoolOptions withDeadlines(PoolOptions given) {
    return new PoolOptions(given)
        .setConnectionTimeout((int) configuration.deadline().toMillis())
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
  }
}
