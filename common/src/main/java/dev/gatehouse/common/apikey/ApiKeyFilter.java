package dev.gatehouse.common.apikey;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Problems;
import dev.gatehouse.common.error.RequestId;
import dev.gatehouse.common.error.Unauthenticated;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Stands before everything on the HTTP port, unknown paths and the API description included: only
 * who sends the key once learns more than that it is missing.
 */
@ApplicationScoped
public class ApiKeyFilter {

  /** Higher is earlier; Quarkus' own handlers are far below. */
  public static final int PRIORITY = 1_000_000;

  private final AuthApiKey key;

  ApiKeyFilter(AuthApiKey key) {
    this.key = key;
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext request) {
    RequestId.of(request);
    List<String> sent = request.request().headers().getAll(AuthApiKey.HEADER);
    if (sent.size() == 1 && key.accepts(sent.get(0))) {
      request.next();
    } else {
      Problems.answer(
          request,
          new Unauthenticated(
              ErrorCode.API_KEY_REFUSED,
              sent.isEmpty()
                  ? "The header " + AuthApiKey.HEADER + " is missing"
                  : "The header " + AuthApiKey.HEADER + " is not accepted"));
    }
  }
}
