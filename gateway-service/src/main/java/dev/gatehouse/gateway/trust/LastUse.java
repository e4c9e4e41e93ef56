package dev.gatehouse.gateway.trust;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a key's tokens were last accepted, to about a minute, so that noting it costs one read on
 * nearly every request. Outlives changes of the anchor that it belongs to.
 */
final class LastUse {

  /** How much later a use has to be to be noted, in seconds. */
  static final long COARSENESS = 60;

  private volatile long second;

  /** The last one that the key-service knows of. Used by the reporter alone. */
  private long reported;

  /**
   * @param now in seconds since the epoch
   */
  void note(long now) {
    if (now - second >= COARSENESS) {
      second = now;
    }
  }

  Optional<Instant> last() {
    long last = second;
    return last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(last));
  }

  /** In seconds since the epoch; null when nothing is to be reported. */
  @Nullable Long unreported() {
    long last = second;
    return last > reported ? last : null;
  }

  void reported(long upTo) {
    reported = upTo;
  }
}
