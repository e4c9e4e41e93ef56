package dev.gatehouse.common.caller;

import dev.gatehouse.common.apikey.ApiKeyFilter;
import dev.gatehouse.common.error.Problems;
import dev.gatehouse.common.error.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads who stands behind a call; right after the API key, and on every path like it. */
@ApplicationScoped
public class CallerFilter {

  static final String KEY = Caller.class.getName();

  /** Who stands behind a request; empty when it was refused before that was known. */
  public static Optional<Caller> of(RoutingContext request) {
    return Optional.ofNullable(request.get(KEY));
  }

  void install(@Observes Filters filters) {
    filters.register(CallerFilter::read, ApiKeyFilter.PRIORITY - 1);
  }

  private static void read(RoutingContext request) {
    Caller caller;
    try {
      caller = CallerHeaders.read(request.request().headers(), address(request));
    } catch (Refusal refusal) {
      Problems.answer(request, refusal);
      return;
    }
    request.put(KEY, caller);
    request.next();
  }

  private static String address(RoutingContext request) {
    @Nullable SocketAddress remote = request.request().remoteAddress();
    return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
  }
}
