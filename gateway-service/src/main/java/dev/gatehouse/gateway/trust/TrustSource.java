package dev.gatehouse.gateway.trust;

import java.time.Instant;

/** Where decisions get what is trusted at this moment. Nothing here ever blocks. */
public interface TrustSource {

  Trust current();

  /** Whether what is known is enough to serve by. Once true, it stays so until the stop. */
  boolean ready();

  /**
   * Whether a feed has been silent for longer than {@code gatehouse.trust.max-staleness}, so that
   * nothing may be decided from it any more.
   */
  boolean stale();

  /** The revision of the keys feed that {@link #current} has. */
  long keysRevision();

  /** The time, never below the newest that a service or the disk copy has shown. */
  Instant now();
}
