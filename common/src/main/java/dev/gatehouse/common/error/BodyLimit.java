package dev.gatehouse.common.error;

import dev.gatehouse.common.apikey.ApiKeyFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Gathers bodies of at most 1 MiB; refuses larger ones, announced or not, as a problem. */
@ApplicationScoped
class BodyLimit {

  private static final long MAX_BYTES = 1 << 20;

  void install(@Observes Filters filters) {
    filters.register(BodyHandler.create(false).setBodyLimit(MAX_BYTES), ApiKeyFilter.PRIORITY - 2);
  }

  /**
   * Gives resources the body that was gathered. Left alone they would wait for the bytes of an
   * empty one, which has been read to its end already, and see only the beginning of one over 64
   * KiB.
   */
  @ServerRequestFilter(preMatching = true)
  void handOver(ContainerRequestContext resource, RoutingContext request) {
    resource.setEntityStream(
        request.body().length() <= 0
            ? InputStream.nullInputStream()
            : new ByteArrayInputStream(request.body().buffer().getBytes()));
  }
}
