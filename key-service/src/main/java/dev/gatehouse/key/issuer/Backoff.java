package dev.gatehouse.key.issuer;

import java.time.Duration;

/** When to ask a provider again that did not answer. */
final class Backoff {

  /** Without any key nobody can log in, so a provider that is just starting is asked often. */
  static final Duration WITHOUT_KEYS = Duration.ofSeconds(1);

  static final Duration FIRST = Duration.ofSeconds(5);
  static final Duration MOST = Duration.ofMinutes(5);

  private Backoff() {}

  /**
   * The time until the next attempt.
   *
   * @param failures in a row, at least 1
   * @param urgent whether it is the operator's issuer and has no keys yet; tenants may name as many
   *     dead providers as they like, so theirs are never asked that often
   */
  static Duration after(int failures, boolean urgent) {
    if (urgent) {
      return WITHOUT_KEYS;
    }
    int doublings = Math.min(failures - 1, 10);
    Duration delay = FIRST.multipliedBy(1L << doublings);
    return delay.compareTo(MOST) > 0 ? MOST : delay;
  }
}
