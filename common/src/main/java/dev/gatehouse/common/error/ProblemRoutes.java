package dev.gatehouse.common.error;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What no resource answers: unknown paths, and failures before a resource was reached. */
@ApplicationScoped
class ProblemRoutes {

  void install(@Observes Router router) {
    router.route().order(Integer.MAX_VALUE).handler(ProblemRoutes::unknown);
    router.route().order(Integer.MIN_VALUE + 100).failureHandler(ProblemRoutes::failed);
  }

  private static void unknown(RoutingContext request) {
    Problems.answer(
        request, new NotFound(ErrorCode.ROUTE_UNKNOWN, "There is nothing at this path"));
  }

  private static void failed(RoutingContext request) {
    Problems.answer(request, refusal(request));
  }

  private static Refusal refusal(RoutingContext request) {
    int status = request.statusCode();
    if (request.failure() instanceof Refusal refusal) {
      return refusal;
    }
    if (status == 413) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      return new TooLarge(ErrorCode.BODY_TOO_LARGE, "The body is larger than allowed");
    }
    if (status >= 400 && status < 500) {
      return new Invalid(ErrorCode.REQUEST_MALFORMED, "The request cannot be understood");
    }
    Throwable failure = request.failure();
    return Problems.refusalOf(
        failure == null ? new IllegalStateException("Status " + status) : failure,
        RequestId.of(request));
  }
}
