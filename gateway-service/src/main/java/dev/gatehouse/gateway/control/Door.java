package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.authentication.Credentials;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Where it is found out who asks. */
final class Door {

  private final Authenticator authenticator;
  private final TrustSource trusted;
  private final boolean open;

  /**
   * @param open false where multi-tenancy is off: nobody is known then, so nobody may manage
   */
  Door(Authenticator authenticator, TrustSource trusted, boolean open) {
    this.authenticator = authenticator;
    this.trusted = trusted;
    this.open = open;
  }

  /** Fails with {@link NotAuthenticated} or {@link Forbidden}. */
  Future<Identity> identity(HttpServerRequest request) {
    if (!open) {
      return Future.failedFuture(
          new Forbidden(
              ErrorCode.OPERATION_REFUSED,
              "The control plane is closed while MULTI_TENANCY_ENABLED is false"));
    }
    Credentials credentials = Credentials.from(request.headers());
    if (credentials instanceof Credentials.Token token) {
      return token
          .flaw()
          .map(Door::notAuthenticated)
          .orElseGet(() -> authentication(token).map(Door::identity));
    }
    return notAuthenticated(
        credentials instanceof Credentials.Malformed malformed
            ? malformed.refusal()
            : Credentials.NONE);
  }

  private static Future<Identity> notAuthenticated(Authentication.Refused refused) {
    return Future.failedFuture(new NotAuthenticated(refused));
  }

  /** What is to be said of a token, whoever shows it. */
  Future<Authentication> authentication(Credentials.Token token) {
    return authenticator
        .cached(token, trusted.current(), trusted.now())
        .map(Future::succeededFuture)
        .orElseGet(() -> authenticator.authenticate(token));
  }

  private static Identity identity(Authentication answer) {
    if (answer instanceof Authentication.Accepted accepted) {
      return accepted.identity();
    }
    throw new NotAuthenticated((Authentication.Refused) answer);
  }
}
