package dev.gatehouse.gateway.trust;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** How this gateway stands to one feed. Nothing here ever blocks. */
public interface FeedView {

  /** The answer to the last question. */
  enum State {
    FOLLOWING,
    /** Nobody answers, or not in a way that can be followed. */
    CUT_OFF,
    /** The service tells another history; what was known before is served. */
    OTHER_HISTORY
  }

  /** {@code tenants} or {@code keys}. */
  String feed();

  State state();

  /** Of the history that is served; empty before anything is. */
  Optional<UUID> epoch();

  /** What is served. */
  long revision();

  /** Since the service was last asked with success; empty when it never was. */
  Optional<Duration> age();

  /** The newest revision that the service has named; empty when it never did. */
  OptionalLong head();

  /**
   * While the service tells another history: reads that as a whole, acknowledging nothing, and says
   * what would change. Empty otherwise. Takes seconds where there is much; several who ask at a
   * time share an answer. Fails with {@link dev.gatehouse.common.error.Unavailable} when the
   * service cannot be asked. Completes on the caller's Vert.x context.
   */
  Future<Optional<OtherState>> other();
}
