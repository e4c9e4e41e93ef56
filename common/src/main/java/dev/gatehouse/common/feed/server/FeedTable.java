package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the feed from PostgreSQL. */
@ApplicationScoped
class FeedTable {

  private static final String SLICE =
      """
      SELECT h.epoch, h.revision, h.hash, h.compacted_through, a.sequence, a.hash, a.seal,
             c.revision, c.kind, c.id, c.at, c.content, c.hash
      FROM feed_head h CROSS JOIN audit_head a
      LEFT JOIN LATERAL
        (SELECT * FROM change WHERE revision > $1 ORDER BY revision LIMIT $2) c ON true
      ORDER BY c.revision
      """;

  private static final String POINT =
      """
      SELECT h.epoch, h.revision, h.hash, h.compacted_through, a.sequence, a.hash, a.seal,
             (SELECT c.hash FROM change c WHERE c.revision = $1)
      FROM feed_head h CROSS JOIN audit_head a
      """;

  private final Database database;
  private final Pool pool;

  FeedTable(Database database, Pool pool) {
    this.database = database;
    this.pool = pool;
  }

  /** The head and at most {@code limit} changes after {@code since}, of one moment. */
  Uni<FeedSlice> after(long since, int limit) {
    return database
        .within(() -> pool.preparedQuery(SLICE).execute(Tuple.of(since, limit)))
        .map(FeedTable::slice);
  }

  /** The head, and the hash at a revision, of one moment. */
  Uni<FeedPoint> at(long revision) {
    return database
        .within(() -> pool.preparedQuery(POINT).execute(Tuple.of(revision)))
        .map(rows -> point(rows.iterator().next()));
  }

  private static FeedPoint point(Row row) {
    return new FeedPoint(head(row), Optional.ofNullable(row.getString(7)).map(FeedHash::new));
  }

  private static FeedHead head(Row row) {
    return new FeedHead(
        row.getUUID(0),
        row.getLong(1),
        new FeedHash(row.getString(2)),
        row.getLong(3),
        Optional.of(new AuditHead(row.getLong(4), row.getString(5), row.getString(6))));
  }

  private static FeedSlice slice(RowSet<Row> rows) {
    List<Change> changes = new ArrayList<>(rows.size());
    FeedHead head = null;
    for (Row row : rows) {
      if (head == null) {
        head = head(row);
      }
      if (row.getLong(7) != null) {
        changes.add(change(row));
      }
    }
    if (head == null) {
      throw new IllegalStateException("The table feed_head is empty");
    }
    return new FeedSlice(head, changes);
  }

  private static Change change(Row row) {
    return new Change(
        row.getLong(7),
        row.getString(8),
        row.getUUID(9),
        row.getOffsetDateTime(10).toInstant(),
        Optional.ofNullable(row.getString(11)),
        new FeedHash(row.getString(12)));
  }
}
