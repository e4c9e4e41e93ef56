package dev.gatehouse.common.error;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How long a client waits before it asks again: spread, so that not all come back at once. */
public final class RetryAfter {

  public static final String HEADER = "Retry-After";
  private static final int MAX_SECONDS = 5;

  private RetryAfter() {}

  /** What a refusal tells about when to come back; empty when coming back does not help. */
  static Optional<String> of(Refusal refusal) {
    if (refusal instanceof LimitExceeded limit) {
      return limit
          .retryAfter()
          .map(it -> Long.toString(Math.max(1, it.plusMillis(999).toSeconds())));
    }
    return refusal instanceof Unavailable ? Optional.of(seconds()) : Optional.empty();
  }

  /** 1 to 5, in seconds (RFC 9110 §10.2.3). */
  public static String seconds() {
    return Integer.toString(1 + ThreadLocalRandom.current().nextInt(MAX_SECONDS));
  }
}
