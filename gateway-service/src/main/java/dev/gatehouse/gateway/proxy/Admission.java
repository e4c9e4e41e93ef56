package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.authentication.Credentials;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authorization.DataRequest;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.authorization.Decisions;
import dev.gatehouse.gateway.authorization.Holding;
import dev.gatehouse.gateway.authorization.NestingSettings;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.Future;
import java.util.Optional;

/** Who asks, and whether they may: the checks with what is trusted at the moment. */
final class Admission {

  private final Authenticator authenticator;
  private final TrustSource trusted;
  private final NestingSettings nesting;
  private final Holding holding;

  Admission(
      Authenticator authenticator, TrustSource trusted, NestingSettings nesting, Holding holding) {
    this.holding = holding;
    this.authenticator = authenticator;
    this.trusted = trusted;
    this.nesting = nesting;
  }

  /** At once, if the token was seen before. */
  Optional<Authentication> known(Credentials.Token token) {
    return authenticator.cached(token, trusted.current(), trusted.now());
  }

  Future<Authentication> verify(Credentials.Token token) {
    return authenticator.authenticate(token);
  }

  Decision decide(Identity identity, DataRequest asked) {
    return Decisions.decide(identity, asked, trusted.current(), nesting);
  }

  /** Whether the request of a token that was not accepted is to be sent again later. */
  boolean holds(Authentication.Refused refused, DataRequest asked) {
    return holding.holds(refused, asked, trusted.current(), nesting, trusted.now());
  }

  /** Whether what was allowed once with this token would be allowed now. */
  Future<Boolean> stillAllows(Credentials.Token token, DataRequest asked, TenantId actsAs) {
    Trust trust = trusted.current();
    return authenticator
        .cached(token, trust, trusted.now())
        .map(Future::succeededFuture)
        .orElseGet(() -> authenticator.authenticate(token))
        .map(
            answer ->
                answer instanceof Authentication.Accepted accepted
                    && decide(accepted.identity(), asked) instanceof Decision.Allowed allowed
                    && allowed.actsAs().equals(actsAs));
  }
}
