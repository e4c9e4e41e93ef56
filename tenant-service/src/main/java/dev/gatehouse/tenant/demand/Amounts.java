package dev.gatehouse.tenant.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/**
 * A number for each limit that is shared: the limits, what was asked for, or the shares. Each is 0
 * to {@value #MAX}; 0, or none: there is no limit, or no demand.
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Amounts(
    long requestsPerSecond, long bytesPerSecond, long concurrentRequests, long openStreams) {

  static final long MAX = 1L << 50;

  /** Of a gateway that was asked for nothing. */
  static final Amounts NONE = new Amounts(0, 0, 0, 0);

  public Amounts {
    check(requestsPerSecond);
    check(bytesPerSecond);
    check(concurrentRequests);
    check(openStreams);
  }

  private static void check(long amount) {
    if (amount < 0 || amount > MAX) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "Amounts are whole numbers from 0 to " + MAX);
    }
  }
}
