package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.database.Database;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateways that are registered with this service. Times are PostgreSQL's. */
@ApplicationScoped
public class Gateways {

  /** A long poll may last 60 s, so that one that is silent for longer than that is not there. */
  private static final String LIST =
      """
      SELECT h.revision, w.id, w.name, CASE WHEN w.epoch = h.epoch THEN w.applied ELSE 0 END,
             w.last_contact, w.serves_until,
             w.last_contact > clock_timestamp() - interval '90 seconds'
      FROM feed_head h LEFT JOIN watcher w ON w.kind = $1
      ORDER BY w.name, w.id
      """;

  private static final String REMOVE =
      "DELETE FROM watcher WHERE id = :id AND kind = :kind RETURNING name";

  private final Database database;
  private final Pool pool;

  Gateways(Database database, Pool pool) {
    this.database = database;
    this.pool = pool;
  }

  /** All of them, sorted by name, and the head of the feed at the same moment. */
  public Uni<Registered> list() {
    return database
        .within(() -> pool.preparedQuery(LIST).execute(Tuple.of(Watcher.GATEWAY)))
        .map(Gateways::registered);
  }

  /**
   * Forgets one that is gone for good, within the transaction of the caller; should it live on, it
   * registers anew. The answer is its name, if there was one of this id.
   */
  public Uni<Optional<String>> remove(String id) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(REMOVE, String.class)
                    .setParameter("id", id)
                    .setParameter("kind", Watcher.GATEWAY)
                    .getResultList())
        .map(names -> names.stream().findFirst());
  }

  private static Registered registered(RowSet<Row> rows) {
    long head = 0;
    List<Gateway> gateways = new ArrayList<>(rows.size());
    for (Row row : rows) {
      head = row.getLong(0);
      if (row.getString(1) != null) {
        gateways.add(gateway(row));
      }
    }
    return new Registered(head, gateways);
  }

  private static Gateway gateway(Row row) {
    @Nullable OffsetDateTime servesUntil = row.getOffsetDateTime(5);
    return new Gateway(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getOffsetDateTime(4).toInstant(),
        Optional.<OffsetDateTime>ofNullable(servesUntil).map(OffsetDateTime::toInstant),
        row.getBoolean(6));
  }

  /**
   * All gateways at one moment.
   *
   * @param head the newest revision of the feed
   */
  public record Registered(long head, List<Gateway> gateways) {
    public Registered {
      gateways = List.copyOf(gateways);
    }
  }
}
