package dev.gatehouse.common.feed.server;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The table of watchers. All times are PostgreSQL's, so that replicas need not agree on theirs. */
@ApplicationScoped
class WatcherTable {

  /**
   * Rows in order of their ids, so that two replicas cannot deadlock. What a watcher asks from
   * counts as applied if it can have swapped there: not if it is within partial pages.
   */
  private static final String STORE =
      """
      INSERT INTO watcher AS w
        (id, kind, name, epoch, applied, serves_until, first_contact, last_contact)
      SELECT a.id, a.kind, a.name, a.epoch, a.applied,
             clock_timestamp() + a.serves_for * interval '1 millisecond',
             clock_timestamp(), clock_timestamp()
      FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[])
           AS a(id, kind, name, epoch, applied, serves_for)
      WHERE (SELECT count(*) FROM watcher) < $7
         OR EXISTS (SELECT 1 FROM watcher known WHERE known.id = a.id)
      ORDER BY a.id
      ON CONFLICT (id) DO UPDATE SET
        kind = EXCLUDED.kind,
        name = EXCLUDED.name,
        epoch = EXCLUDED.epoch,
        applied = CASE
          WHEN EXCLUDED.epoch <> w.epoch
            OR EXCLUDED.applied > w.partial_through
            OR EXCLUDED.applied <= w.applied THEN EXCLUDED.applied
          ELSE w.applied END,
        partial_through = CASE
          WHEN EXCLUDED.epoch <> w.epoch THEN 0 ELSE w.partial_through END,
        serves_until = EXCLUDED.serves_until,
        last_contact = EXCLUDED.last_contact
      RETURNING w.id, w.replay_compaction, w.replay_revision
      """;

  private static final String HEAD = "SELECT revision FROM feed_head";

  private static final String REMOVE = "DELETE FROM watcher WHERE id = ANY($1)";

  private static final String PARTIAL =
      """
      UPDATE watcher SET
        partial_through = greatest(partial_through, $2),
        replay_compaction = CASE WHEN $3 THEN $4 ELSE replay_compaction END,
        replay_revision = CASE WHEN $3 THEN $2 ELSE replay_revision END
      WHERE id = $1
      """;

  private static final String SERVING =
      """
      SELECT w.name, CASE WHEN w.epoch = h.epoch THEN w.applied ELSE 0 END
      FROM watcher w, feed_head h
      WHERE w.kind = $1 AND (w.serves_until IS NULL OR w.serves_until > clock_timestamp())
      ORDER BY w.name, w.id
      """;

  private final Pool pool;

  WatcherTable(Pool pool) {
    this.pool = pool;
  }

  /** Stores contacts; a watcher that is missing from the answer was one too many. */
  Uni<Map<String, Registration>> store(List<Contact> contacts, int maxWatchers) {
    Map<String, Contact> byId = new TreeMap<>();
    contacts.forEach(contact -> byId.put(contact.watcher().id(), contact));
    List<String> predecessors =
        byId.values().stream()
            .map(contact -> contact.watcher().predecessor())
            .flatMap(Optional::stream)
            .filter(id -> !byId.containsKey(id))
            .toList();
    return pool.withConnection(
        connection ->
            connection
                .preparedQuery(STORE)
                .execute(columns(byId.values(), maxWatchers))
                .call(() -> removeOn(connection, predecessors))
                .flatMap(rows -> headOn(connection).map(head -> registrations(rows, head))));
  }

  Uni<Void> remove(List<String> ids) {
    return pool.preparedQuery(REMOVE)
        .execute(Tuple.of(ids.toArray(String[]::new)))
        .replaceWithVoid();
  }

  Uni<Void> partial(String id, long revision, boolean replay, long compactedThrough) {
    return pool.preparedQuery(PARTIAL)
        .execute(Tuple.of(id, revision, replay, compactedThrough))
        .replaceWithVoid();
  }

  /** Every gateway that may be serving, with what it has applied. */
  Uni<List<Applied>> serving() {
    return pool.preparedQuery(SERVING)
        .execute(Tuple.of(Watcher.GATEWAY))
        .map(
            rows -> {
              List<Applied> serving = new ArrayList<>(rows.size());
              rows.forEach(row -> serving.add(new Applied(row.getString(0), row.getLong(1))));
              return serving;
            });
  }

  /** What one gateway has applied. */
  record Applied(String name, long revision) {}

  private static Uni<?> removeOn(SqlConnection connection, List<String> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().voidItem()
        : connection.preparedQuery(REMOVE).execute(Tuple.of(ids.toArray(String[]::new)));
  }

  /** A statement of its own after the commit of the first, on purpose: see {@link Registration}. */
  private static Uni<Long> headOn(SqlConnection connection) {
    return connection.preparedQuery(HEAD).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  private static Tuple columns(Collection<Contact> contacts, int maxWatchers) {
    Tuple tuple = Tuple.tuple();
    tuple.addValue(contacts.stream().map(it -> it.watcher().id()).toArray(String[]::new));
    tuple.addValue(contacts.stream().map(it -> it.watcher().kind()).toArray(String[]::new));
    tuple.addValue(contacts.stream().map(it -> it.watcher().name()).toArray(String[]::new));
    tuple.addValue(contacts.stream().map(Contact::epoch).toArray(UUID[]::new));
    tuple.addValue(contacts.stream().map(Contact::applied).toArray(Long[]::new));
    tuple.addValue(
        contacts.stream().map(it -> it.servesForMillis().orElse(null)).toArray(Long[]::new));
    tuple.addValue((long) maxWatchers);
    return tuple;
  }

  private static Map<String, Registration> registrations(RowSet<Row> rows, long head) {
    Map<String, Registration> registrations = new HashMap<>();
    rows.forEach(
        row ->
            registrations.put(
                row.getString(0), new Registration(row.getLong(1), row.getLong(2), head)));
    return registrations;
  }
}
