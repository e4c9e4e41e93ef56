package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authentication.Credentials;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.limit.Limiter;
import dev.gatehouse.gateway.observation.Observation;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.request.HeaderRules;
import dev.gatehouse.gateway.request.RequestId;
import dev.gatehouse.gateway.request.RequestTarget;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Destination;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.routing.StrictPath;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The way of a request on the data plane: is it well-formed and for us, who sends it, and then, in
 * {@link Clearance}, what does it want, may they, forward. What does not depend on the token is
 * answered first; nothing about tenants, apis and operations is said before the token is accepted.
 */
final class DataPlane {

  private static final Logger LOG = Logger.getLogger(DataPlane.class);

  private static final Authentication.Refused UNVERIFIED =
      new Authentication.Refused(
          ErrorCode.OVERLOADED, "The token could not be verified at this moment");

  private final Hosts hosts;
  private final Admission admission;
  private final boolean anonymous;
  private final Observation observation;
  private final HeaderRules rules;
  private final Clearance clearance;

  DataPlane(
      Hosts hosts,
      Apis apis,
      Admission admission,
      boolean anonymous,
      Observation observation,
      Loops loops,
      UpstreamCall call,
      Limiter limiter) {
    this.hosts = hosts;
    this.admission = admission;
    this.anonymous = anonymous;
    this.observation = observation;
    this.rules = new HeaderRules(apis.tenantHeaders());
    this.clearance = new Clearance(apis, admission, limiter, loops, call);
  }

  /**
   * Serves a request.
   *
   * @param control takes those for control hosts
   */
  void serve(HttpServerRequest request, Handler<HttpServerRequest> control) {
    if (!request.isEnded()) {
      request.pause();
    }
    try {
      ClientHeaders headers = ClientHeaders.read(request.headers(), rules);
      String authority = RequestTarget.authority(request, headers.hosts());
      StrictPath path = StrictPath.parse(RequestTarget.of(request, authority));
      Destination destination = hosts.destination(authority, path);
      if (destination instanceof Destination.ControlHost) {
        control.handle(request);
      } else {
        enter(new Exchange(request, authority, headers, observation), destination, path);
      }
    } catch (Refusal refusal) {
      refuseMalformed(request, refusal);
    } catch (RuntimeException bug) {
      failed(request, bug);
    }
  }

  /** Our own bugs: a client that retries only 5xx must see one. */
  private static void failed(HttpServerRequest request, Throwable bug) {
    String id = RequestId.next();
    LOG.errorf(bug, "A request failed, request %s", id);
    Answers.refuse(request, ErrorCode.OVERLOADED, "The gateway could not serve this request", id);
  }

  /** What the router itself refuses on control hosts. */
  static void failed(RoutingContext context) {
    if (context.statusCode() >= 400 && context.statusCode() < 500) {
      Answers.refuse(
          context.request(),
          ErrorCode.REQUEST_MALFORMED,
          "The request is not well-formed",
          RequestId.next());
    } else {
      failed(context.request(), context.failure());
    }
  }

  private void refuseMalformed(HttpServerRequest request, Refusal refusal) {
    String id = RequestId.next();
    Answers.refuse(request, refusal.code(), refusal.detail(), id);
    observation.malformed(request, id, refusal.code());
  }

  private void enter(Exchange exchange, Destination destination, StrictPath path) {
    try {
      Optional<Wish> wish = Wish.of(destination, path);
      if (wish.isPresent()) {
        authenticate(exchange, wish.get());
      } else {
        exchange.refuse(Wish.NO_HOST.code(), Wish.NO_HOST.detail());
      }
    } catch (RuntimeException bug) {
      failed(exchange, bug);
    }
  }

  /**
   * What the request holds of its tenant's limits, and its place among those under way, is freed.
   */
  private static void failed(Exchange exchange, RuntimeException bug) {
    if (bug instanceof Refusal refusal) {
      exchange.refuse(refusal.code(), refusal.detail());
      return;
    }
    LOG.errorf(bug, "A request failed, request %s", exchange.id());
    exchange.refuse(ErrorCode.OVERLOADED, "The gateway could not serve this request");
  }

  private void authenticate(Exchange exchange, Wish wish) {
    if (anonymous) {
      clearance.authorize(exchange, wish, Identity.anonymous(), Clearance.FOR_EVERYBODY);
      return;
    }
    Credentials credentials =
        Credentials.from(exchange.headers().authorizations(), exchange.request().headers());
    if (credentials instanceof Credentials.Token token) {
      Optional<Authentication> known = admission.known(token);
      if (known.isPresent()) {
        authenticated(exchange, wish, known.get(), token);
      } else {
        verify(exchange, wish, token);
      }
    } else if (credentials instanceof Credentials.Malformed malformed) {
      clearance.unaccepted(exchange, wish, malformed.refusal());
    } else {
      clearance.unaccepted(exchange, wish, Credentials.NONE);
    }
  }

  private void verify(Exchange exchange, Wish wish, Credentials.Token token) {
    Optional<Authentication.Refused> flaw = token.flaw();
    if (flaw.isPresent()) {
      clearance.unaccepted(exchange, wish, flaw.get());
    } else {
      admission.verify(token).onComplete(answer -> verified(exchange, wish, answer, token));
    }
  }

  private void verified(
      Exchange exchange, Wish wish, AsyncResult<Authentication> answer, Credentials.Token token) {
    try {
      if (exchange.response().closed()) {
        exchange.finish(Outcome.ABORTED);
      } else if (answer.succeeded()) {
        authenticated(exchange, wish, answer.result(), token);
      } else {
        LOG.errorf(answer.cause(), "A verification failed, request %s", exchange.id());
        clearance.unaccepted(exchange, wish, UNVERIFIED);
      }
    } catch (RuntimeException bug) {
      failed(exchange, bug);
    }
  }

  private void authenticated(
      Exchange exchange, Wish wish, Authentication answer, Credentials.Token token) {
    if (answer instanceof Authentication.Accepted accepted) {
      clearance.authorize(exchange, wish, accepted.identity(), token);
    } else if (answer instanceof Authentication.Refused refused) {
      clearance.unaccepted(exchange, wish, refused);
    }
  }
}
