package dev.gatehouse.common.audit;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.AuditHead;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the log from PostgreSQL. */
@ApplicationScoped
class AuditReading {

  private static final String ENTRIES =
      "SELECT sequence, previous, hash, content FROM audit WHERE ";

  private static final String AFTER =
      ENTRIES + "sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3";

  private static final String BOUNDS =
      """
      SELECT sequence, hash, seal, pruned_through, pruned_hash, pruned_seal,
             (SELECT min(sequence) FROM audit), (SELECT max(sequence) FROM audit)
      FROM audit_head
      """;

  private final Database database;
  private final Pool pool;

  AuditReading(Database database, Pool pool) {
    this.database = database;
    this.pool = pool;
  }

  /** A page of entries and one more, if there is one. */
  Uni<List<AuditEntry>> list(AuditQuery query) {
    AuditQuery.Sql sql = query.sql();
    return database
        .within(() -> pool.preparedQuery(ENTRIES + sql.text()).execute(sql.values()))
        .map(AuditReading::entries);
  }

  /** Entries in order, of those above {@code after} and up to {@code through}. */
  Uni<List<AuditEntry>> after(long after, long through, int limit) {
    return database
        .within(() -> pool.preparedQuery(AFTER).execute(Tuple.of(after, through, limit)))
        .map(AuditReading::entries);
  }

  /** Where the log begins and ends, of one moment. */
  Uni<AuditBounds> bounds() {
    return database
        .within(() -> pool.query(BOUNDS).execute())
        .map(rows -> bounds(rows.iterator().next()));
  }

  private static AuditBounds bounds(Row row) {
    @Nullable Long first = row.getLong(6);
    @Nullable Long last = row.getLong(7);
    return new AuditBounds(
        head(row, 0), head(row, 3), Optional.ofNullable(first), Optional.ofNullable(last));
  }

  private static AuditHead head(Row row, int column) {
    return new AuditHead(row.getLong(column), row.getString(column + 1), row.getString(column + 2));
  }

  private static List<AuditEntry> entries(RowSet<Row> rows) {
    List<AuditEntry> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      entries.add(
          new AuditEntry(row.getLong(0), row.getString(1), row.getString(2), row.getString(3)));
    }
    return entries;
  }
}
