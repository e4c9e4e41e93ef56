package dev.gatehouse.common.audit;

import dev.gatehouse.common.apikey.ApiKeyFilter;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.CallerFilter;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Problems;
import dev.gatehouse.common.error.RequestId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Notices management calls that were refused. */
@ApplicationScoped
class RefusalWatch {

  private final Refusals refusals;

  RefusalWatch(Refusals refusals) {
    this.refusals = refusals;
  }

  void install(@Observes Filters filters) {
    filters.register(this::watch, ApiKeyFilter.PRIORITY - 3);
  }

  private void watch(RoutingContext request) {
    request.addEndHandler(ended -> answered(request));
    request.next();
  }

  private void answered(RoutingContext request) {
    String method = request.request().method().name();
    String path = request.normalizedPath();
    Optional<Caller> caller = CallerFilter.of(request);
    Optional<ErrorCode> code = Problems.refusalOf(request);
    if (caller.isPresent()
        && code.isPresent()
        && RefusedCalls.isRecorded(method, path, code.get())) {
      refusals.offer(
          new Deed(
              caller.get().reach(),
              method,
              RefusedCalls.resource(path),
              Outcome.refused,
              Optional.of(code.get().code()),
              Actor.of(caller.get()),
              caller.get().client(),
              RequestId.of(request),
              Optional.empty(),
              Optional.empty()));
    }
  }
}
