package dev.gatehouse.common.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.name.Reach;
import java.util.Optional;

/**
 * An entry as it is shown.
 *
 * @param previous the hash of the entry before; 64 zeros before the first
 * @param hash SHA-256 over {@code previous}, {@code sequence} and {@code content}, joined by line
 *     feeds
 * @param content all of the above as the JSON text that was hashed
 */
@JsonPropertyOrder({
  "service",
  "sequence",
  "at",
  "tenant",
  "action",
  "resource",
  "outcome",
  "code",
  "actor",
  "client",
  "requestId",
  "before",
  "after",
  "previous",
  "hash",
  "content"
})
public record AuditView(
    String service,
    long sequence,
    String at,
    Reach tenant,
    String action,
    String resource,
    Outcome outcome,
    Optional<String> code,
    Actor actor,
    String client,
    String requestId,
    Optional<Object> before,
    Optional<Object> after,
    String previous,
    String hash,
    String content) {

  static AuditView of(AuditEntry entry) {
    AuditContent it = FeedJson.read(entry.content(), AuditContent.class);
    return new AuditView(
        it.service(),
        entry.sequence(),
        it.at(),
        it.tenant(),
        it.action(),
        it.resource(),
        it.outcome(),
        it.code(),
        it.actor(),
        it.client(),
        it.requestId(),
        it.before(),
        it.after(),
        entry.previous(),
        entry.hash(),
        entry.content());
  }
}
