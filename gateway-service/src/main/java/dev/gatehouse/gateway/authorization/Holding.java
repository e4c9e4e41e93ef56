package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.trust.Trust;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes with a token that has expired lately (design §5.3). Clients drop what is answered 401, and
 * keep what is answered 503 until their token was replaced. Everything but the token's age must be
 * in order: with a revoked token, a removed key, a suspended tenant or without the scope the answer
 * is what it would be without this.
 *
 * @param time how long after its end a token is held; zero: never
 */
public record Holding(Duration time) {

  public static final Holding NEVER = new Holding(Duration.ZERO);

  /** The answer to what is held. */
  public static final Decision.Refused HELD =
      new Decision.Refused(
          ErrorCode.TOKEN_EXPIRED_HELD,
          "The token has expired; keep the data and send it again with a new token");

  /** Whether the request of a token that was not accepted is held. */
  public boolean holds(
      Authentication.Refused refused,
      DataRequest request,
      Trust trust,
      NestingSettings settings,
      Instant now) {
    return !time.isZero()
        && refused.lapsed().isPresent()
        && request.operation().kind() == OperationClass.WRITE
        && now.getEpochSecond() < refused.lapsed().get().since() + time.toSeconds()
        && Decisions.decide(refused.lapsed().get().identity(), request, trust, settings)
            instanceof Decision.Allowed;
  }
}
