package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authentication.Credentials;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authorization.DataRequest;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.catalog.Match;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.observation.Meters;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.request.HeaderRules;
import dev.gatehouse.gateway.request.RequestId;
import dev.gatehouse.gateway.request.RequestTarget;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.ApiName;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Destination;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.routing.StrictPath;
import dev.gatehouse.gateway.upstream.Upstream;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The way of a request on the data plane: is it well-formed and for us, who sends it, what does it
 * want, may they, forward. What does not depend on the token is answered first; nothing about
 * tenants, apis and operations is said before the token is accepted. Requests for control hosts go
 * on to the next route.
 */
final class DataPlane implements Handler<RoutingContext> {

  private static final Logger LOG = Logger.getLogger(DataPlane.class);

  static final Decision.Refused NO_WEB_SOCKET =
      new Decision.Refused(ErrorCode.OPERATION_REFUSED, "This operation takes no WebSocket");

  private final Hosts hosts;
  private final Apis apis;
  private final Admission admission;
  private final boolean anonymous;
  private final Meters meters;
  private final Loops loops;
  private final UpstreamCall call;
  private final HeaderRules rules;
  private final Map<ApiName, Upstream> upstreams = new HashMap<>();

  DataPlane(
      Hosts hosts,
      Apis apis,
      Admission admission,
      boolean anonymous,
      Meters meters,
      Loops loops,
      UpstreamCall call) {
    this.hosts = hosts;
    this.apis = apis;
    this.admission = admission;
    this.anonymous = anonymous;
    this.meters = meters;
    this.loops = loops;
    this.call = call;
    this.rules = new HeaderRules(apis.tenantHeaders());
    apis.all().forEach(api -> upstreams.put(api.name(), Upstream.of(api)));
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.isEnded()) {
      request.pause();
    }
    try {
      ClientHeaders headers = ClientHeaders.read(request.headers(), rules);
      String authority = RequestTarget.authority(request, headers.hosts());
      StrictPath path = StrictPath.parse(RequestTarget.of(request, authority));
      Destination destination = hosts.destination(authority, path);
      if (destination instanceof Destination.ControlHost) {
        context.next();
      } else {
        enter(new Exchange(request, authority, headers, meters), destination, path);
      }
    } catch (Refusal refusal) {
      refuseMalformed(request, refusal);
    }
  }

  /**
   * What the router itself refuses, and our own bugs: a client that retries only 5xx must see one.
   */
  void failed(RoutingContext context) {
    String id = RequestId.next();
    if (context.statusCode() >= 400 && context.statusCode() < 500) {
      Answers.refuse(
          context.request(), ErrorCode.REQUEST_MALFORMED, "The request is not well-formed", id);
    } else {
      LOG.errorf(context.failure(), "A request failed, request %s", id);
      Answers.refuse(
          context.request(), ErrorCode.OVERLOADED, "The gateway could not serve this request", id);
    }
  }

  private void refuseMalformed(HttpServerRequest request, Refusal refusal) {
    Answers.refuse(request, refusal.code(), refusal.detail(), RequestId.next());
    meters.started();
    meters.finished(null, null, Outcome.refused(refusal.code()), 0);
  }

  private void enter(Exchange exchange, Destination destination, StrictPath path) {
    Optional<Wish> wish = Wish.of(destination, path);
    if (wish.isPresent()) {
      authenticate(exchange, wish.get());
    } else {
      refuse(exchange, Wish.NO_HOST);
    }
  }

  private void authenticate(Exchange exchange, Wish wish) {
    if (anonymous) {
      authorize(exchange, wish, Identity.anonymous(), "");
      return;
    }
    Credentials credentials = Credentials.from(exchange.request().headers());
    if (credentials instanceof Credentials.Token token) {
      Optional<Authentication> known = admission.known(token.value());
      if (known.isPresent()) {
        authenticated(exchange, wish, known.get(), token.value());
      } else {
        admission
            .verify(token.value())
            .onComplete(answer -> verified(exchange, wish, answer, token.value()));
      }
    } else if (credentials instanceof Credentials.Malformed malformed) {
      refuse(exchange, malformed.refusal());
    } else {
      refuse(exchange, Credentials.NONE);
    }
  }

  private void verified(
      Exchange exchange, Wish wish, AsyncResult<Authentication> answer, String token) {
    if (exchange.response().closed()) {
      exchange.finish(Outcome.ABORTED);
    } else if (answer.succeeded()) {
      authenticated(exchange, wish, answer.result(), token);
    } else {
      LOG.errorf(answer.cause(), "A verification failed, request %s", exchange.id());
      exchange.refuse(ErrorCode.OVERLOADED, "The token could not be verified at this moment");
    }
  }

  private void authenticated(Exchange exchange, Wish wish, Authentication answer, String token) {
    if (answer instanceof Authentication.Accepted accepted) {
      authorize(exchange, wish, accepted.identity(), token);
    } else if (answer instanceof Authentication.Refused refused) {
      refuse(exchange, refused);
    }
  }

  private void authorize(Exchange exchange, Wish wish, Identity identity, String token) {
    Optional<Api> configured = apis.named(wish.api());
    if (configured.isEmpty()) {
      refuse(exchange, Wish.NO_API);
      return;
    }
    Api api = configured.get();
    exchange.isFor(api.name().value());
    Match match = api.catalog().match(exchange.request().method().name(), wish.path().segments());
    if (match instanceof Match.Refused refused) {
      exchange.refuse(refused.code(), refused.detail());
    } else if (match instanceof Operation operation) {
      exchange.isA(operation.kind());
      DataRequest asked = wish.request(api, operation, exchange.headers());
      decide(exchange, wish.path(), identity, asked, token);
    }
  }

  private void decide(
      Exchange exchange, StrictPath path, Identity identity, DataRequest asked, String token) {
    Decision decision = admission.decide(identity, asked);
    if (decision instanceof Decision.Refused refused) {
      refuse(exchange, refused);
    } else if (decision instanceof Decision.Allowed allowed) {
      exchange.actsAs(allowed.actsAs());
      forward(
          exchange,
          passage(asked, allowed, path),
          () ->
              anonymous
                  ? Future.succeededFuture(true)
                  : admission.stillAllows(token, asked, allowed.actsAs()));
    }
  }

  private Passage passage(DataRequest asked, Decision.Allowed allowed, StrictPath path) {
    Api api = asked.api();
    Upstream upstream = upstreams.get(api.name());
    if (upstream == null) {
      throw new IllegalStateException("Api " + api.name() + " has no upstream");
    }
    return new Passage(
        upstream,
        path.forwarded(upstream.basePath() + asked.operation().addedPrefix()),
        api.tenantHeader(),
        allowed.orgId(),
        api.allowsSetCookie(),
        asked.operation().webSocket());
  }

  private void forward(Exchange exchange, Passage passage, Supplier<Future<Boolean>> stillAllowed) {
    if (!exchange.headers().wantsWebSocket()) {
      new Forwarding(exchange, passage, loops.current(), call).start();
    } else if (passage.webSocket()) {
      new Tunnel(exchange, passage, loops.current(), call, stillAllowed).start();
    } else {
      refuse(exchange, NO_WEB_SOCKET);
    }
  }

  private static void refuse(Exchange exchange, Decision.Refused refused) {
    exchange.refuse(refused.code(), refused.detail());
  }

  private static void refuse(Exchange exchange, Authentication.Refused refused) {
    exchange.refuse(refused.code(), refused.detail());
  }
}
