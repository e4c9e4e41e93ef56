package dev.gatehouse.tenant.demand;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.database.Periodic;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;

/** The table of demand. Times are PostgreSQL's. */
@ApplicationScoped
class DemandTable {

  /**
   * Stores the report and reads what the other gateways have said of the same tenants, in one
   * statement. Rows in order of their ids, so that two reports cannot deadlock. A gateway that has
   * not asked the feed for 90 s is not there.
   */
  private static final String EXCHANGE =
      """
      WITH reported AS (
        SELECT * FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
          AS r (tenant, requests, bytes, concurrent, streams)),
      stored AS (
        INSERT INTO demand (tenant, watcher, requests, bytes, concurrent, streams, at)
        SELECT tenant, $1, requests, bytes, concurrent, streams, clock_timestamp()
        FROM reported ORDER BY tenant
        ON CONFLICT (tenant, watcher) DO UPDATE SET
          requests = EXCLUDED.requests,
          bytes = EXCLUDED.bytes,
          concurrent = EXCLUDED.concurrent,
          streams = EXCLUDED.streams,
          at = EXCLUDED.at)
      SELECT g.gateways, d.tenant, d.watcher, d.requests, d.bytes, d.concurrent, d.streams
      FROM (SELECT count(*) AS gateways FROM watcher
            WHERE kind = 'gateway'
              AND last_contact > clock_timestamp() - interval '90 seconds') g
      LEFT JOIN demand d
        ON d.tenant = ANY ($2) AND d.watcher <> $1
        AND d.at > clock_timestamp() - interval '5 seconds'
      ORDER BY d.watcher
      """;

  private static final String FORGET =
      """
      DELETE FROM demand WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM demand WHERE at < clock_timestamp() - interval '1 minute'
        FOR UPDATE SKIP LOCKED))
      """;

  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Pool pool;
  private final Vertx vertx;

  DemandTable(Database database, Pool pool, Vertx vertx) {
    this.database = database;
    this.pool = pool;
    this.vertx = vertx;
  }

  /**
   * What the gateways have said of late.
   *
   * @param gateways how many follow the feed
   * @param others by tenant and gateway, without the one that asks
   */
  record Standing(int gateways, Map<UUID, Map<String, Amounts>> others) {}

  void start(@Observes DatabaseMigrated event) {
    Periodic.start(vertx, FORGET_EVERY, "Old demand is still kept", this::forget);
  }

  Uni<Standing> exchange(String watcher, List<DemandReport.OfTenant> tenants) {
    return database
        .within(() -> pool.preparedQuery(EXCHANGE).execute(columns(watcher, tenants)))
        .map(DemandTable::standing);
  }

  Uni<Void> forget() {
    return database.within(() -> pool.query(FORGET).execute()).replaceWithVoid();
  }

  private static Tuple columns(String watcher, List<DemandReport.OfTenant> tenants) {
    Tuple tuple = Tuple.of(watcher);
    tuple.addValue(tenants.stream().map(DemandReport.OfTenant::id).toArray(UUID[]::new));
    tuple.addValue(column(tenants, Amounts::requestsPerSecond));
    tuple.addValue(column(tenants, Amounts::bytesPerSecond));
    tuple.addValue(column(tenants, Amounts::concurrentRequests));
    tuple.addValue(column(tenants, Amounts::openStreams));
    return tuple;
  }

  private static Long[] column(
      List<DemandReport.OfTenant> tenants, ToLongFunction<Amounts> amount) {
    return tenants.stream().map(it -> amount.applyAsLong(it.demand())).toArray(Long[]::new);
  }

  private static Standing standing(RowSet<Row> rows) {
    int gateways = 0;
    Map<UUID, Map<String, Amounts>> others = new HashMap<>();
    for (Row row : rows) {
      gateways = row.getInteger(0);
      if (row.getUUID(1) != null) {
        others
            .computeIfAbsent(row.getUUID(1), any -> new HashMap<>())
            .put(
                row.getString(2),
                new Amounts(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)));
      }
    }
    return new Standing(gateways, others);
  }
}
