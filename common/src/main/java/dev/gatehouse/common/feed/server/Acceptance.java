package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.FeedHash;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * After a restore: an operator accepts the history that the database tells now. It gets an epoch
 * that nobody has followed yet, and a keyed mark, so that followers need not be told one by one and
 * nobody can accept in the operator's name with access to the database alone.
 */
@ApplicationScoped
public class Acceptance {

  private static final Logger LOG = Logger.getLogger(Acceptance.class);

  private static final String LOCK_HEAD = "SELECT revision, hash FROM feed_head FOR UPDATE";
  private static final String ACCEPT = "UPDATE feed_head SET epoch = :epoch, accepted = :mark";
  private static final String MARK = "SELECT epoch, accepted FROM feed_head";
  private static final String RENEW =
      "UPDATE feed_head SET accepted = $1 WHERE epoch = $2 AND accepted = $3";

  private final Database database;
  private final Pool pool;
  private final AuthApiKey key;
  private final String feed;

  Acceptance(Database database, Pool pool, AuthApiKey key, FeedConfiguration configuration) {
    this.database = database;
    this.pool = pool;
    this.key = key;
    this.feed = configuration.name();
  }

  /**
   * Accepts, within the transaction of the caller; locks the head of the feed until its end.
   *
   * @param shown the hash of the head that the operator looked at; should it have changed, nothing
   *     is accepted
   */
  public Uni<AcceptedHistory> accept(Optional<FeedHash> shown) {
    UUID epoch = UUID.randomUUID();
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(LOCK_HEAD, Tuple.class)
                    .getSingleResult()
                    .invoke(head -> requireUnchanged(head, shown))
                    .call(() -> mark(session, epoch)))
        .map(head -> new AcceptedHistory(feed, epoch, new Revision(head.get(0, Long.class))));
  }

  /** What to answer to a watcher of another history, if this one is accepted. */
  Uni<Optional<String>> markFor(Question question) {
    return database
        .within(() -> pool.query(MARK).execute())
        .map(rows -> valid(rows.iterator().next()))
        // To one that follows this very epoch the operator's word said nothing: it was given
        // before.
        .map(mark -> mark.filter(it -> !question.epoch().equals(Optional.of(it.epoch()))))
        .map(mark -> mark.map(it -> AcceptedEpoch.write(key, feed, it.epoch())))
        .onFailure()
        .recoverWithItem(Optional.empty());
  }

  /** When the API key is rotated, the mark has to live on under the new one. */
  void renew(@Observes DatabaseMigrated event) {
    database
        .within(
            () ->
                pool.query(MARK)
                    .execute()
                    .map(rows -> valid(rows.iterator().next()))
                    .flatMap(this::renew))
        .subscribe()
        .with(
            done -> {},
            failure ->
                LOG.warnf(
                    "Whether the feed is accepted was not looked at: %s",
                    failure.getClass().getSimpleName()));
  }

  private Uni<?> renew(Optional<Mark> held) {
    if (held.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Mark mark = held.get();
    return pool.preparedQuery(RENEW)
        .execute(
            io.vertx.mutiny.sqlclient.Tuple.of(
                AcceptedEpoch.write(key, feed, mark.epoch()), mark.epoch(), mark.text()));
  }

  private Optional<Mark> valid(Row row) {
    UUID epoch = row.getUUID(0);
    return Optional.ofNullable(row.getString(1))
        .filter(text -> AcceptedEpoch.read(key, feed, text).equals(Optional.of(epoch)))
        .map(text -> new Mark(epoch, text));
  }

  private Uni<?> mark(Mutiny.Session session, UUID epoch) {
    return session
        .createNativeQuery(ACCEPT)
        .setParameter("epoch", epoch)
        .setParameter("mark", AcceptedEpoch.write(key, feed, epoch))
        .executeUpdate();
  }

  private static void requireUnchanged(Tuple head, Optional<FeedHash> shown) {
    String hash = head.get(1, String.class);
    if (shown.filter(it -> !it.value().equals(hash)).isPresent()) {
      throw new Conflict(
          ErrorCode.FEED_HISTORY_DIFFERS,
          "The feed has changed since you looked at it. Look again, then accept.");
    }
  }

  private record Mark(UUID epoch, String text) {}
}
