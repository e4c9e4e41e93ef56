package dev.gatehouse.common.error;

import dev.gatehouse.common.apikey.ApiKeyFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gathers bodies of at most 1 MiB; refuses larger ones, announced or not, as a problem. */
@ApplicationScoped
class BodyLimit {

  private static final long MAX_BYTES = 1 << 20;

  void install(@Observes Filters filters) {
    filters.register(BodyHandler.create(false).setBodyLimit(MAX_BYTES), ApiKeyFilter.PRIORITY - 2);
  }
}
