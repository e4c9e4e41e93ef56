package dev.gatehouse.common.feed;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One change of one object.
 *
 * @param revision its number, from 1, without gaps, in commit order
 * @param kind what changed: {@code tenant}, {@code anchor}, {@code issuer}
 * @param id the object's own id, never used again
 * @param at when it was made, to the millisecond, by the service's clock
 * @param content the object after the change as JSON text, hashed byte for byte; empty when it was
 *     removed
 * @param hash the hash of this change and all before it, see {@link FeedHash}
 */
public record Change(
    long revision, String kind, UUID id, Instant at, Optional<String> content, FeedHash hash) {

  public boolean isRemoval() {
    return content.isEmpty();
  }
}
