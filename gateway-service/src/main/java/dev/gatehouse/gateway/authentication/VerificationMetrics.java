package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Counts answers to tokens by result. No label ever depends on a token. */
final class VerificationMetrics {

  private static final ErrorCode[] REFUSALS = {
    ErrorCode.TOKEN_MALFORMED,
    ErrorCode.TOKEN_EXPIRED,
    ErrorCode.TOKEN_NOT_YET_VALID,
    ErrorCode.TOKEN_REVOKED,
    ErrorCode.KEY_UNKNOWN,
    ErrorCode.KEY_PENDING,
    ErrorCode.SIGNATURE_INVALID,
    ErrorCode.ALGORITHM_REFUSED,
    ErrorCode.AUDIENCE_MISMATCH,
    ErrorCode.CLAIMS_INVALID,
    ErrorCode.OVERLOADED,
    ErrorCode.TRUST_UNAVAILABLE
  };

  private final ByResult cached;
  private final ByResult verified;

  /**
   * @param earliestExpiry in seconds since the epoch
   */
  VerificationMetrics(MeterRegistry registry, DoubleSupplier earliestExpiry) {
    this.cached = new ByResult(registry, true);
    this.verified = new ByResult(registry, false);
    Gauge.builder("gatehouse.token.earliest.expiry.seconds", earliestExpiry::getAsDouble)
        .description("When the first of the tokens in use expires, in seconds since the epoch")
        .register(registry);
  }

  void countCached(Authentication answer) {
    cached.count(answer);
  }

  void countVerified(Authentication answer) {
    verified.count(answer);
  }

  private static final class ByResult {

    private final Counter accepted;
    private final Counter other;
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);

    ByResult(MeterRegistry registry, boolean cached) {
      accepted = counter(registry, cached, "accepted");
      other = counter(registry, cached, "other");
      for (ErrorCode code : REFUSALS) {
        refused.put(code, counter(registry, cached, code.code()));
      }
    }

    void count(Authentication answer) {
      if (answer instanceof Authentication.Refused refusal) {
        refused.getOrDefault(refusal.code(), other).increment();
      } else {
        accepted.increment();
      }
    }

    private static Counter counter(MeterRegistry registry, boolean cached, String result) {
      return Counter.builder("gatehouse.token.verifications")
          .description("Answers to tokens")
          .tag("result", result)
          .tag("cached", Boolean.toString(cached))
          .register(registry);
    }
  }
}
