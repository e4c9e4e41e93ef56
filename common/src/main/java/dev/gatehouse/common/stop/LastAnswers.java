package dev.gatehouse.common.stop;

import dev.gatehouse.common.apikey.ApiKeyFilter;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * While {@code quarkus.shutdown.delay} runs, a service that was told to stop still answers, and
 * says that each answer is the last of its connection. Callers keep connections, and a call that is
 * under way on one when it is closed has failed.
 */
@ApplicationScoped
class LastAnswers {

  private volatile boolean stopping;

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
  }

  void install(@Observes Filters filters) {
    filters.register(this::mark, ApiKeyFilter.PRIORITY + 1);
  }

  private void mark(RoutingContext request) {
    if (stopping) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    request.next();
  }
}
