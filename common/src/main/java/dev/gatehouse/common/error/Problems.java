package dev.gatehouse.common.error;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Answers a request with a problem. */
public final class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);

  private static final String REFUSED = ErrorCode.class.getName();

  private static final Sparingly UNAVAILABILITY = new Sparingly(System::nanoTime);

  private Problems() {}

  public static void answer(RoutingContext request, Refusal refusal) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    Problem problem = refuse(request, refusal);
    RetryAfter.of(refusal).ifPresent(seconds -> response.putHeader(RetryAfter.HEADER, seconds));
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(problem.toJson());
  }

  /** Why a request that is answered was refused; empty when it was not. */
  public static Optional<ErrorCode> refusalOf(RoutingContext request) {
    return Optional.ofNullable(request.get(REFUSED));
  }

  /** The problem to answer with; the code is kept with the request. */
  static Problem refuse(RoutingContext request, Refusal refusal) {
    request.put(REFUSED, refusal.code());
    return Problem.of(refusal, RequestId.of(request));
  }

  /** The refusal that a failure comes to; one that nobody expected is logged here, once. */
  public static Refusal refusalOf(Throwable failure, String requestId) {
    if (failure instanceof Unavailable unavailable) {
      warn(unavailable, requestId);
      return unavailable;
    }
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    LOG.errorf(failure, "Request %s failed", requestId);
    return new Fault();
  }

  private static void warn(Unavailable unavailable, String requestId) {
    long others = UNAVAILABILITY.turn();
    if (others != Sparingly.NOT_NOW) {
      LOG.warnf(
          "Request %s: %s%s%s",
          requestId,
          unavailable.detail(),
          because(unavailable),
          others == 0 ? "" : "; and " + others + " more requests before it");
    }
  }

  private static String because(Unavailable unavailable) {
    Throwable cause = unavailable.getCause();
    return cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
  }
}
