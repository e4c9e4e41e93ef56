package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.authentication.Credentials;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.proxy.Answers;
import dev.gatehouse.gateway.proxy.RequestId;
import dev.gatehouse.gateway.proxy.RequestTarget;
import dev.gatehouse.gateway.routing.StrictPath;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The way of a call of the control plane: is there such a route, who asks, how far do they reach,
 * what do they send, ask the service, answer. It comes behind the data plane, which lets only
 * requests for control hosts through.
 */
final class ControlPlane implements Handler<RoutingContext> {

  private static final Logger LOG = Logger.getLogger(ControlPlane.class);

  private final Authenticator authenticator;
  private final TrustSource trusted;
  private final ServiceClient services;
  private final boolean open;

  /**
   * @param open false where multi-tenancy is off: nobody is known then, so nobody may manage
   */
  ControlPlane(
      Authenticator authenticator, TrustSource trusted, ServiceClient services, boolean open) {
    this.authenticator = authenticator;
    this.trusted = trusted;
    this.services = services;
    this.open = open;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.isEnded()) {
      request.pause();
    }
    String requestId = RequestId.next();
    try {
      ControlRoute route = route(request);
      if (route instanceof ControlRoute.To to) {
        serve(request, to, requestId);
      } else if (route instanceof ControlRoute.WrongMethod wrong) {
        request.response().putHeader(HttpHeaders.ALLOW, wrong.allow());
        Answers.refuse(
            request, ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + wrong.allow(), requestId);
      } else {
        Answers.refuse(request, ErrorCode.ROUTE_UNKNOWN, "There is nothing here", requestId);
      }
    } catch (Refusal refusal) {
      Answers.refuse(request, refusal.code(), refusal.detail(), requestId);
    }
  }

  private static ControlRoute route(HttpServerRequest request) {
    String target = RequestTarget.origin(request);
    int question = target.indexOf('?');
    return ControlRoutes.find(
        request.method().name(),
        StrictPath.parse(target).segments(),
        question < 0 ? "" : target.substring(question + 1));
  }

  private void serve(HttpServerRequest request, ControlRoute.To route, String requestId) {
    ServiceAnswer answer = new ServiceAnswer(request, route.service(), requestId);
    authenticate(request)
        .map(identity -> caller(request, identity))
        .compose(caller -> send(request, route, caller, requestId))
        .onSuccess(answer::relay)
        .onFailure(failure -> refuse(request, failure, requestId));
  }

  private Future<Identity> authenticate(HttpServerRequest request) {
    if (!open) {
      return Future.failedFuture(
          new Forbidden(
              ErrorCode.OPERATION_REFUSED,
              "The control plane is closed while MULTI_TENANCY_ENABLED is false"));
    }
    Credentials credentials = Credentials.from(request.headers());
    if (credentials instanceof Credentials.Token token) {
      return authenticator
          .cached(token.value(), trusted.current(), trusted.now())
          .map(Future::succeededFuture)
          .orElseGet(() -> authenticator.authenticate(token.value()))
          .map(ControlPlane::identity);
    }
    Authentication.Refused refused =
        credentials instanceof Credentials.Malformed malformed
            ? malformed.refusal()
            : Credentials.NONE;
    return Future.failedFuture(new NotAuthenticated(refused));
  }

  private static Identity identity(Authentication answer) {
    if (answer instanceof Authentication.Accepted accepted) {
      return accepted.identity();
    }
    throw new NotAuthenticated((Authentication.Refused) answer);
  }

  private ControlCaller caller(HttpServerRequest request, Identity identity) {
    return ControlCaller.of(identity, request.headers().getAll("X-Tenant-ID"), trusted.current());
  }

  private Future<HttpClientResponse> send(
      HttpServerRequest request, ControlRoute.To route, ControlCaller caller, String requestId) {
    requireMediaType(request, route.mediaTypes());
    return BoundedBody.read(request).compose(body -> call(request, route, caller, body, requestId));
  }

  private Future<HttpClientResponse> call(
      HttpServerRequest request,
      ControlRoute.To route,
      ControlCaller caller,
      Buffer body,
      String requestId) {
    return services
        .call(request, route, caller, body, requestId)
        .recover(cause -> Future.failedFuture(gone(route.service(), cause, requestId)));
  }

  private static Unavailable gone(Service service, Throwable cause, String requestId) {
    LOG.warnf("The %s did not answer, request %s: %s", service, requestId, cause.getMessage());
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE, "The " + service + " does not answer at this moment");
  }

  private static void requireMediaType(HttpServerRequest request, Set<String> allowed) {
    if (allowed.isEmpty()) {
      return;
    }
    String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
    int semicolon = header == null ? -1 : header.indexOf(';');
    String type = header == null ? "" : semicolon < 0 ? header : header.substring(0, semicolon);
    if (!allowed.contains(type.trim().toLowerCase(Locale.ROOT))) {
      throw new Invalid(
          ErrorCode.MEDIA_TYPE_UNSUPPORTED, "Send the body as " + String.join(" or ", allowed));
    }
  }

  private static void refuse(HttpServerRequest request, Throwable failure, String requestId) {
    if (failure instanceof NotAuthenticated not) {
      Answers.refuse(request, not.refused().code(), not.refused().detail(), requestId);
    } else if (failure instanceof Refusal refusal) {
      Answers.refuse(request, refusal.code(), refusal.detail(), requestId);
    } else if (!request.response().closed()) {
      LOG.errorf(failure, "A call of the control plane failed, request %s", requestId);
      Answers.refuse(request, ErrorCode.INTERNAL, "This is a fault of the gateway", requestId);
    }
  }

  /** Carries the refusal of a token, whose status may also be one of ours (503). */
  private static final class NotAuthenticated extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Authentication.Refused refused;

    NotAuthenticated(Authentication.Refused refused) {
      super(refused.detail(), null, false, false);
      this.refused = refused;
    }

    Authentication.Refused refused() {
      return refused;
    }
  }
}
