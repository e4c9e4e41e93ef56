package dev.gatehouse.key.revocation;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** A place in the list of revocations, which is sorted by age and then by id. */
record RevocationPosition(Instant createdAt, UUID id) {

  static RevocationPosition parse(String key) {
    int space = key.indexOf(' ');
    try {
      return new RevocationPosition(
          Instant.parse(key.substring(0, Math.max(space, 0))),
          UUID.fromString(key.substring(space + 1)));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new Invalid(
          ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
    }
  }

  /** The inverse of {@link #parse}. */
  static String key(Revocation revocation) {
    return revocation.createdAt + " " + revocation.id;
  }
}
