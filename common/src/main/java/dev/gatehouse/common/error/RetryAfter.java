package dev.gatehouse.common.error;

import java.util.concurrent.ThreadLocalRandom;

/** How long a client waits before it asks again: spread, so that not all come back at once. */
public final class RetryAfter {

  public static final String HEADER = "Retry-After";
  private static final int MAX_SECONDS = 5;

  private RetryAfter() {}

  /** 1 to 5, in seconds (RFC 9110 §10.2.3). */
  public static String seconds() {
    return Integer.toString(1 + ThreadLocalRandom.current().nextInt(MAX_SECONDS));
  }
}
