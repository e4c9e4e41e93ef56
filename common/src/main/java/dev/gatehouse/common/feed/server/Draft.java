package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.feed.FeedJson;
import java.util.Optional;
import java.util.UUID;

/**
 * A change that has no number yet.
 *
 * @param kind what changes: {@code tenant}, {@code anchor}, {@code issuer}
 * @param id the object's own id, never used again
 * @param content the object after the change as JSON text; empty when it is removed
 */
public record Draft(String kind, UUID id, Optional<String> content) {

  /** The object as it is now, {@code entry} being a record of {@code dev.gatehouse.common.feed}. */
  public static Draft of(String kind, UUID id, Object entry) {
    return new Draft(kind, id, Optional.of(FeedJson.write(entry)));
  }

  public static Draft removal(String kind, UUID id) {
    return new Draft(kind, id, Optional.empty());
  }
}
