package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Appends changes to the feed, within the transaction of the caller (see {@link
 * dev.gatehouse.common.database.Database#transaction}): they are there exactly if what they tell of
 * is.
 */
@ApplicationScoped
public class Feed {

  private static final String LOCK_HEAD =
      "SELECT epoch, revision, hash, compacted_through FROM feed_head FOR UPDATE";

  private static final String APPEND =
      """
      WITH appended AS (
        INSERT INTO change (revision, kind, id, at, content, hash)
        SELECT revision, kind, id, at, content, hash
        FROM json_to_recordset(CAST(CAST(:changes AS text) AS json)) AS c
          (revision bigint, kind text, id uuid, at timestamptz, content text, hash text))
      UPDATE feed_head SET revision = :revision, hash = :hash
      """;

  /**
   * Appends and returns the revision of the last change.
   *
   * <p>Whatever the session holds back is written first, and then the one counter is locked until
   * the transaction ends. So append last: nothing that can wait for another transaction may come
   * after it. Setting the revision on an object that this transaction has written already is fine.
   */
  public Uni<Revision> append(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      throw new IllegalArgumentException("Nothing to append");
    }
    return Panache.getSession()
        .call(Mutiny.Session::flush)
        .flatMap(
            session -> lockHead(session).flatMap(head -> write(session, numbered(head, drafts))));
  }

  public Uni<Revision> append(Draft draft) {
    return append(List.of(draft));
  }

  private static Uni<FeedHead> lockHead(Mutiny.Session session) {
    return session.createNativeQuery(LOCK_HEAD, Tuple.class).getSingleResult().map(Feed::head);
  }

  private static FeedHead head(Tuple row) {
    return new FeedHead(
        row.get(0, UUID.class),
        row.get(1, Long.class),
        new FeedHash(row.get(2, String.class)),
        row.get(3, Long.class));
  }

  private static List<Change> numbered(FeedHead head, List<Draft> drafts) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<Change> changes = new ArrayList<>(drafts.size());
    FeedHead last = head;
    for (Draft draft : drafts) {
      Change change = last.next(draft, now);
      changes.add(change);
      last = last.after(change);
    }
    return changes;
  }

  private static Uni<Revision> write(Mutiny.Session session, List<Change> changes) {
    Change last = changes.get(changes.size() - 1);
    return session
        .createNativeQuery(APPEND)
        .setParameter("changes", FeedJson.write(changes))
        .setParameter("revision", last.revision())
        .setParameter("hash", last.hash().value())
        .executeUpdate()
        .replaceWith(new Revision(last.revision()));
  }
}
