package dev.gatehouse.common.feed.server;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The number of a change in the feed of one service, from 1, without gaps, in commit order; 0 for
 * what was there before the first change.
 */
public record Revision(@JsonValue long value) {

  public Revision {
    if (value < 0) {
      throw new IllegalArgumentException("A revision is not negative");
    }
  }

  /** As the value of {@code ETag} (RFC 9110 §8.8.3), for an object that was last changed here. */
  public String eTag() {
    return '"' + Long.toString(value) + '"';
  }

  /**
   * Refuses a write that was meant for another state of the object.
   *
   * @param ifMatch the header as sent (RFC 9110 §13.1.1); without one every state will do
   * @throws Conflict {@link ErrorCode#REVISION_MISMATCH}
   */
  public void requireMatch(@Nullable String ifMatch) {
    if (ifMatch == null) {
      return;
    }
    for (String candidate : ifMatch.split(",", -1)) {
      if (candidate.strip().equals("*") || candidate.strip().equals(eTag())) {
        return;
      }
    }
    throw new Conflict(
        ErrorCode.REVISION_MISMATCH, "The object has changed since: it is at revision " + value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
