package dev.gatehouse.common.audit;

import dev.gatehouse.common.error.RequestId;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The request that is being answered, if one is: a service also does things by itself. */
@ApplicationScoped
class CurrentRequest {

  private final CurrentVertxRequest current;

  CurrentRequest(CurrentVertxRequest current) {
    this.current = current;
  }

  /** The id of the request, or one of its own for what no request asked for. */
  String id() {
    @Nullable RoutingContext request =
        Arc.container().requestContext().isActive() ? current.getCurrent() : null;
    return request == null ? RequestId.generate() : RequestId.of(request);
  }
}
