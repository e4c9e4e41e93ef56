package dev.gatehouse.key.anchor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.FeedJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Remembers when keys were last used, so that one that nobody uses can be found. It is no change of
 * the key: neither revision nor feed nor audit hear of it.
 */
@ApplicationScoped
class Usage {

  /**
   * At most one write a minute for each key, however many gateways report, and in one order, so
   * that two reports cannot lock each other out. A clock that runs ahead is cut off at ours.
   */
  private static final String REMEMBER =
      """
      WITH used AS (
        SELECT u.id, least(to_timestamp(max(u.at)), now()) AS at
        FROM json_to_recordset(CAST(CAST(:used AS text) AS json)) AS u (id uuid, at bigint)
        GROUP BY u.id),
      due AS (
        SELECT a.id, used.at FROM anchor a JOIN used ON used.id = a.id
        WHERE a.last_used_at IS NULL OR a.last_used_at <= used.at - interval '1 minute'
        ORDER BY a.id FOR UPDATE OF a)
      UPDATE anchor SET last_used_at = due.at FROM due WHERE anchor.id = due.id
      """;

  private final Database database;

  Usage(Database database) {
    this.database = database;
  }

  /** Keys that are gone are passed by. */
  Uni<Void> remember(List<Used> used) {
    if (used.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return database.transaction(
        () ->
            Panache.getSession()
                .flatMap(
                    session ->
                        session
                            .createNativeQuery(REMEMBER)
                            .setParameter("used", FeedJson.write(used))
                            .executeUpdate())
                .replaceWithVoid());
  }

  /**
   * An anchor that a token was accepted by.
   *
   * @param at seconds since the epoch
   */
  record Used(UUID id, @JsonProperty("at") long at) {}
}
