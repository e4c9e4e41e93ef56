package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authentication.Credentials;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authorization.DataRequest;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.authorization.Holding;
import dev.gatehouse.gateway.catalog.Match;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.limit.Admittance;
import dev.gatehouse.gateway.limit.Excess;
import dev.gatehouse.gateway.limit.Limiter;
import dev.gatehouse.gateway.limit.Ticket;
import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.Apis;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The second half of a request's way: what does it want, may its sender, is there room for it, and
 * onward. An api in report mode forwards also what is refused on that way.
 */
final class Clearance {

  /** In the place of a token, where none is asked for. */
  static final Credentials.Token FOR_EVERYBODY = new Credentials.Token("");

  static final Decision.Refused NO_WEB_SOCKET =
      new Decision.Refused(ErrorCode.OPERATION_REFUSED, "This operation takes no WebSocket");

  private final Apis apis;
  private final Admission admission;
  private final Limiter limiter;
  private final Loops loops;
  private final UpstreamCall call;
  private final Passages passages;

  Clearance(Apis apis, Admission admission, Limiter limiter, Loops loops, UpstreamCall call) {
    this.apis = apis;
    this.admission = admission;
    this.limiter = limiter;
    this.loops = loops;
    this.call = call;
    this.passages = new Passages(call::upstream);
  }

  /**
   * Answers a request whose sender is not accepted. Its api is looked at only to find out whether
   * it reports instead, or holds what is written.
   */
  void unaccepted(Exchange exchange, Wish wish, Authentication.Refused refused) {
    Optional<Api> api = apis.named(wish.api());
    if (api.isPresent() && api.get().reportsOnly()) {
      exchange.isFor(api.get().name().value());
      report(exchange, wish, api.get(), refused.code());
    } else if (api.isPresent() && isHeld(exchange, wish, api.get(), refused)) {
      exchange.isFor(api.get().name().value());
      refuse(exchange, Holding.HELD);
    } else {
      exchange.refuse(refused.code(), refused.detail());
    }
  }

  private boolean isHeld(Exchange exchange, Wish wish, Api api, Authentication.Refused refused) {
    if (refused.lapsed().isPresent()
        && match(exchange, wish, api) instanceof Operation operation
        && admission.holds(refused, wish.request(api, operation, exchange.headers()))) {
      exchange.isA(operation);
      return true;
    }
    return false;
  }

  /**
   * Decides what somebody known has sent, and forwards it.
   *
   * @param token that it came with, or {@link #FOR_EVERYBODY}
   */
  void authorize(Exchange exchange, Wish wish, Identity identity, Credentials.Token token) {
    Optional<Api> configured = apis.named(wish.api());
    if (configured.isEmpty()) {
      refuse(exchange, Wish.NO_API);
      return;
    }
    Api api = configured.get();
    exchange.isFor(api.name().value());
    Match match = match(exchange, wish, api);
    if (match instanceof Match.Refused refused) {
      notAllowed(exchange, wish, api, new Decision.Refused(refused.code(), refused.detail()));
    } else if (match instanceof Operation operation) {
      exchange.isA(operation);
      decide(exchange, wish, identity, wish.request(api, operation, exchange.headers()), token);
    }
  }

  private static Match match(Exchange exchange, Wish wish, Api api) {
    return api.catalog().match(exchange.request().method().name(), wish.path().segments());
  }

  private void decide(
      Exchange exchange, Wish wish, Identity identity, DataRequest asked, Credentials.Token token) {
    Decision decision = admission.decide(identity, asked);
    if (decision instanceof Decision.Refused refused) {
      notAllowed(exchange, wish, asked.api(), refused);
    } else if (exchange.headers().wantsWebSocket() && !asked.operation().webSocket()) {
      notAllowed(exchange, wish, asked.api(), NO_WEB_SOCKET);
    } else if (decision instanceof Decision.Allowed allowed) {
      exchange.actsAs(allowed.actsAs());
      exchange.isFrom(allowed.username());
      if (isLetIn(exchange, asked.api(), allowed.registration())) {
        pass(exchange, wish, asked, allowed, token);
      }
    }
  }

  /** If not, it has been answered. */
  private boolean isLetIn(Exchange exchange, Api api, UUID charged) {
    Admittance admittance =
        limiter.admit(
            charged, exchange.headers().wantsWebSocket(), RequestBody.length(exchange.request()));
    if (admittance instanceof Ticket ticket) {
      if (api.reportsOnly()) {
        ticket.leaveBodyWhole();
      }
      exchange.holds(ticket);
      return true;
    }
    Excess excess = (Excess) admittance;
    if (api.reportsOnly()) {
      exchange.goesOnDespite(excess.code());
      return true;
    }
    exchange.refuse(excess);
    return false;
  }

  private void pass(
      Exchange exchange,
      Wish wish,
      DataRequest asked,
      Decision.Allowed allowed,
      Credentials.Token token) {
    forward(
        exchange,
        passages.of(asked, allowed, wish.path()),
        () ->
            token.equals(FOR_EVERYBODY)
                ? Future.succeededFuture(true)
                : admission.stillAllows(token, asked, allowed.actsAs()));
  }

  private void notAllowed(Exchange exchange, Wish wish, Api api, Decision.Refused refused) {
    if (api.reportsOnly()) {
      report(exchange, wish, api, refused.code());
    } else {
      refuse(exchange, refused);
    }
  }

  /** What enforcement would refuse with this code is counted, and goes on as it came. */
  private void report(Exchange exchange, Wish wish, Api api, ErrorCode code) {
    Match match = match(exchange, wish, api);
    Optional<Passage> passage = passages.asItCame(api, match, wish.path());
    if (passage.isPresent()) {
      if (match instanceof Operation operation) {
        exchange.isA(operation);
      }
      exchange.goesOnDespite(code);
      forward(exchange, passage.get(), () -> Future.succeededFuture(true));
    } else if (match instanceof Match.Refused refused) {
      exchange.refuse(refused.code(), refused.detail());
    }
  }

  private void forward(Exchange exchange, Passage passage, Supplier<Future<Boolean>> stillAllowed) {
    if (exchange.headers().wantsWebSocket()) {
      new Tunnel(exchange, passage, loops.current(), call, stillAllowed).start();
    } else {
      new Forwarding(exchange, passage, loops.current(), call).start();
    }
  }

  private static void refuse(Exchange exchange, Decision.Refused refused) {
    exchange.refuse(refused.code(), refused.detail());
  }
}
