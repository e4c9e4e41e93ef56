package dev.gatehouse.common.audit;

import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Appends to the log, within the transaction of the caller. */
@ApplicationScoped
class AuditTable {

  /** RFC 3339, always with milliseconds, so that times sort as text. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final String LOCK_HEAD =
      "SELECT sequence, hash, at, seal FROM audit_head FOR UPDATE";

  private static final String APPEND =
      """
      WITH appended AS (
        INSERT INTO audit (sequence, previous, hash, content)
        SELECT sequence, previous, hash, content
        FROM json_to_recordset(CAST(CAST(:entries AS text) AS json)) AS e
          (sequence bigint, previous text, hash text, content text))
      UPDATE audit_head SET sequence = :sequence, hash = :hash, at = :at, seal = :seal
      """;

  private final AuditSeals seals;
  private final String service;

  AuditTable(AuditSeals seals, FeedConfiguration feed) {
    this.seals = seals;
    this.service = feed.name();
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  /** Locks the head until the transaction ends; nothing but that end may come after it. */
  Uni<Void> append(List<Deed> deeds) {
    return Panache.getSession()
        .call(Mutiny.Session::flush)
        .flatMap(session -> lockHead(session).flatMap(head -> append(session, head, deeds)));
  }

  private static Uni<Locked> lockHead(Mutiny.Session session) {
    return session
        .createNativeQuery(LOCK_HEAD, Tuple.class)
        .getSingleResult()
        .map(
            row ->
                new Locked(
                    new AuditHead(
                        row.get(0, Long.class), row.get(1, String.class), row.get(3, String.class)),
                    row.get(2, String.class)));
  }

  private Uni<Void> append(Mutiny.Session session, Locked locked, List<Deed> deeds) {
    String at = later(locked.at(), time(Instant.now()));
    List<AuditEntry> entries = new ArrayList<>(deeds.size());
    long sequence = locked.head().sequence();
    String hash = locked.head().hash();
    for (Deed deed : deeds) {
      sequence++;
      String content = FeedJson.write(deed.numbered(service, sequence, at));
      AuditEntry entry = AuditEntry.next(hash, sequence, content);
      entries.add(entry);
      hash = entry.hash();
    }
    return session
        .createNativeQuery(APPEND)
        .setParameter("entries", FeedJson.write(entries))
        .setParameter("sequence", sequence)
        .setParameter("hash", hash)
        .setParameter("at", at)
        .setParameter("seal", seals.sealAfter(locked.head(), sequence, hash))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** A clock that was set back does not take the log back with it. */
  private static String later(String one, String other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private record Locked(AuditHead head, String at) {}
}
