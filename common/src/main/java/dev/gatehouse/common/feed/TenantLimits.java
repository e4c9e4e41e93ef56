package dev.gatehouse.common.feed;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.Optional;

/**
 * What one tenant may use at most, over the whole instance. What is absent is not limited here; of
 * the tenants along a nested path the smallest counts.
 *
 * @param requestsPerSecond 1 to {@value #MAX_REQUESTS_PER_SECOND}
 * @param bytesPerSecond octets of request bodies per second, 1 to {@value #MAX_BYTES}
 * @param concurrentRequests 1 to {@value #MAX_CONCURRENT}
 * @param openStreams WebSockets and other answers without an end, 1 to {@value #MAX_CONCURRENT}
 * @param bodyBytes octets of one request body, 1 to {@value #MAX_BYTES}
 */
public record TenantLimits(
    Optional<Long> requestsPerSecond,
    Optional<Long> bytesPerSecond,
    Optional<Long> concurrentRequests,
    Optional<Long> openStreams,
    Optional<Long> bodyBytes) {

  public static final long MAX_REQUESTS_PER_SECOND = 10_000_000;
  public static final long MAX_CONCURRENT = 1_000_000;
  public static final long MAX_BYTES = 1L << 40;

  public static final TenantLimits NONE =
      new TenantLimits(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public TenantLimits {
    check("requestsPerSecond", requestsPerSecond, MAX_REQUESTS_PER_SECOND);
    check("bytesPerSecond", bytesPerSecond, MAX_BYTES);
    check("concurrentRequests", concurrentRequests, MAX_CONCURRENT);
    check("openStreams", openStreams, MAX_CONCURRENT);
    check("bodyBytes", bodyBytes, MAX_BYTES);
  }

  private static void check(String field, Optional<Long> value, long max) {
    if (value.filter(number -> number < 1 || number > max).isPresent()) {
      throw new Invalid(ErrorCode.FIELD_INVALID, field + " is a whole number from 1 to " + max);
    }
  }
}
