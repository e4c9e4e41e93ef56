package dev.gatehouse.common.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.gatehouse.common.name.Reach;
import java.util.Optional;

/**
 * What an entry says. Written as JSON it is what is hashed.
 *
 * @param at RFC 3339 in UTC with milliseconds; never earlier than the entry before
 * @param code why it was refused; empty when it was done
 * @param client where the call came from; an address as text
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
  "after"
})
record AuditContent(
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
    Optional<Object> after) {

  /** With what the JSON of an entry begins, in the order above. */
  static String beginning(String service, long sequence) {
    return "{\"service\":\"" + service + "\",\"sequence\":" + sequence + ",";
  }
}
