package dev.gatehouse.gateway.limit;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;

/**
 * A request is over a limit.
 *
 * @param tenant whose limit it is: the one that asks, or one above it
 * @param retryAfter seconds, {@value #SOONEST} to {@value #LATEST}
 */
public record Excess(LimitKind limit, TenantId tenant, int retryAfter) implements Admittance {

  static final int SOONEST = 1;
  static final int LATEST = 60;

  private static final double NANOS = 1e9;

  /**
   * @param nanos until there is room again, as far as can be told
   * @param random from 0 to below 1: spreads those who were refused together, so that they do not
   *     come back together
   */
  static Excess of(LimitKind limit, TenantId tenant, long nanos, double random) {
    int seconds = (int) Math.min(LATEST, Math.max(SOONEST, Math.ceil(nanos / NANOS)));
    int spread = (int) (random * (2 + seconds / 2));
    return new Excess(limit, tenant, Math.min(LATEST, seconds + spread));
  }

  /** How the sender is told. */
  public ErrorCode code() {
    return limit == LimitKind.BODY_BYTES ? ErrorCode.BODY_TOO_LARGE : ErrorCode.LIMIT_EXCEEDED;
  }

  /**
   * A sentence for the sender. It does not say whose limit it is: that may not be theirs to know.
   */
  public String detail() {
    return limit == LimitKind.BODY_BYTES
        ? "The body is larger than this tenant may send"
        : "This tenant has used up its limit of " + limit.words();
  }
}
