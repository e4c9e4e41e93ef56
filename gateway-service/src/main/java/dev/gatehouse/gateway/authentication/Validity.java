package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time in which a token is good, in seconds since the epoch: {@code from} included, {@code
 * until} excluded.
 *
 * @param from the later of {@code nbf} and {@code iat}, less the clock skew
 * @param until {@code exp} and the clock skew
 * @param keyUntil when its key ends; no skew, as this is by our own clock
 */
record Validity(long from, long until, long keyUntil) {

  private static final Optional<Authentication> EARLY =
      refused(ErrorCode.TOKEN_NOT_YET_VALID, "The token is not valid yet");
  private static final Authentication.Refused LATE =
      new Authentication.Refused(ErrorCode.TOKEN_EXPIRED, "The token has expired");
  private static final Optional<Authentication> KEY_ENDED =
      refused(ErrorCode.KEY_UNKNOWN, "The token's key has expired");

  static Validity of(Claims claims, Duration skew, Optional<Instant> keyExpires) {
    long start = 0;
    if (claims.notBefore().isPresent()) {
      start = claims.notBefore().get().getEpochSecond();
    }
    if (claims.issuedAt().isPresent()) {
      start = Math.max(start, claims.issuedAt().get().getEpochSecond());
    }
    return new Validity(
        start - skew.toSeconds(),
        claims.expiresAt().getEpochSecond() + skew.toSeconds(),
        keyExpires.map(Instant::getEpochSecond).orElse(Long.MAX_VALUE));
  }

  /** Whatever {@code good} is while the time is right, else the refusal. */
  Optional<Authentication> at(Instant now, Optional<Authentication> good) {
    long second = now.getEpochSecond();
    if (second >= until) {
      return Optional.of(second < keyUntil ? lapsed(good) : LATE);
    }
    if (second < from) {
      return EARLY;
    }
    return second < keyUntil ? good : KEY_ENDED;
  }

  private Authentication lapsed(Optional<Authentication> good) {
    return good.isPresent() && good.get() instanceof Authentication.Accepted was
        ? new Authentication.Refused(
            LATE.code(),
            LATE.detail(),
            Optional.of(new Authentication.Lapsed(was.identity(), until)))
        : LATE;
  }

  private static Optional<Authentication> refused(ErrorCode code, String detail) {
    return Optional.of(new Authentication.Refused(code, detail));
  }
}
