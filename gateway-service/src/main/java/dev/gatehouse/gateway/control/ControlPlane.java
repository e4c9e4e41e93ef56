package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.request.RequestId;
import dev.gatehouse.gateway.request.RequestTarget;
import dev.gatehouse.gateway.request.TrustedProxies;
import dev.gatehouse.gateway.routing.StrictPath;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/**
 * The way of a call of the control plane: is there such a route, who asks, how far do they reach,
 * what do they send, ask the service, answer. It comes behind the data plane, which lets only
 * requests for control hosts through.
 */
final class ControlPlane implements Handler<RoutingContext> {

  private static final Logger LOG = Logger.getLogger(ControlPlane.class);

  private final Door door;
  private final TrustSource trusted;
  private final ServiceClient services;
  private final OwnAnswers own;
  private final Description description;
  private final RefusalReports reports;
  private final TrustedProxies proxies;

  /** A call on its way, with what is known of it. */
  private record Call(HttpServerRequest request, ControlRoute.Known route, String id) {}

  ControlPlane(
      Door door,
      TrustSource trusted,
      ServiceClient services,
      OwnAnswers own,
      Description description,
      RefusalReports reports,
      TrustedProxies proxies) {
    this.door = door;
    this.trusted = trusted;
    this.services = services;
    this.own = own;
    this.description = description;
    this.reports = reports;
    this.proxies = proxies;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.isEnded()) {
      request.pause();
    }
    String id = RequestId.next();
    try {
      enter(request, route(request), id);
    } catch (Refusal refusal) {
      Answers.refuse(request, refusal.code(), refusal.detail(), id);
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

  private void enter(HttpServerRequest request, ControlRoute route, String id) {
    if (route instanceof ControlRoute.Own open && open.what() == Here.DESCRIPTION) {
      description.answer(request, id);
    } else if (route instanceof ControlRoute.Known known) {
      serve(new Call(request, known, id));
    } else if (route instanceof ControlRoute.WrongMethod wrong) {
      request.response().putHeader(HttpHeaders.ALLOW, wrong.allow());
      Answers.refuse(request, ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + wrong.allow(), id);
    } else {
      Answers.refuse(request, ErrorCode.ROUTE_UNKNOWN, "There is nothing here", id);
    }
  }

  private void serve(Call call) {
    door.identity(call.request())
        .compose(identity -> admitted(call, identity))
        .onFailure(failure -> refuse(call, failure));
  }

  private Future<Void> admitted(Call call, Identity identity) {
    return Future.succeededFuture(identity)
        .map(known -> caller(call.request(), known))
        .compose(caller -> answered(call, caller))
        .onFailure(failure -> report(call, identity, failure));
  }

  private Caller caller(HttpServerRequest request, Identity identity) {
    return ControlCaller.of(
        identity,
        request.headers().getAll(Caller.TENANT_HEADER),
        trusted.current(),
        proxies.client(request));
  }

  private Future<Void> answered(Call call, Caller caller) {
    MediaTypes.require(call.request(), call.route().content());
    return BoundedBody.read(call.request(), call.route().content())
        .compose(body -> answered(call, caller, body));
  }

  private Future<Void> answered(Call call, Caller caller, Buffer body) {
    MediaTypes.requireAnyFor(body, call.request(), call.route().content());
    if (call.route() instanceof ControlRoute.To to) {
      return pass(call, to, caller, body)
          .onSuccess(new ServiceAnswer(call.request(), to.service(), call.id())::relay)
          .mapEmpty();
    }
    return own.answer((ControlRoute.Own) call.route(), caller, body, call.id())
        .onSuccess(answer -> OwnAnswer.send(call.request(), answer, call.id()))
        .mapEmpty();
  }

  private Future<HttpClientResponse> pass(
      Call call, ControlRoute.To route, Caller caller, Buffer body) {
    return services
        .pass(call.request(), route, caller, body, call.id())
        .recover(cause -> Future.failedFuture(gone(route.service(), cause, call.id())));
  }

  private static Unavailable gone(Service service, Throwable cause, String requestId) {
    LOG.warnf("The %s did not answer, request %s: %s", service, requestId, cause.getMessage());
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE, "The " + service + " does not answer at this moment");
  }

  /** Only what was decided here: a service writes down itself what it refuses. */
  private void report(Call call, Identity identity, Throwable failure) {
    if (failure instanceof Forbidden forbidden) {
      reports.add(
          call.route().keeper(),
          RefusedCall.of(
              identity,
              call.request().method().name(),
              call.route().path(),
              forbidden.code(),
              proxies.client(call.request()),
              call.id()));
    }
  }

  private static void refuse(Call call, Throwable failure) {
    HttpServerRequest request = call.request();
    if (failure instanceof NotAuthenticated not) {
      Answers.refuse(request, not.code(), not.detail(), call.id());
    } else if (failure instanceof Refusal refusal) {
      Answers.refuse(request, refusal.code(), refusal.detail(), call.id());
    } else if (failure instanceof ServiceRefusal refusal) {
      Answers.refuse(request, refusal.code(), refusal.detail(), call.id());
    } else if (!request.response().closed()) {
      LOG.errorf(failure, "A call of the control plane failed, request %s", call.id());
      Answers.refuse(request, ErrorCode.INTERNAL, "This is a fault of the gateway", call.id());
    }
  }
}
