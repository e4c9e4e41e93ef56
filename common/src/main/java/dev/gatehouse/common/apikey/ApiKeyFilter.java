package dev.gatehouse.common.apikey;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Problems;
import dev.gatehouse.common.error.RequestId;
import dev.gatehouse.common.error.Unauthenticated;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything on the HTTP port, unknown paths and the API description included: only
 * who sends the key once learns more than that it is missing.
 */
@ApplicationScoped
public class ApiKeyFilter {

  /** Higher is earlier; Quarkus' own handlers are far below. */
  public static final int PRIORITY = 1_000_000;

  private final Instance<AuthApiKey> configured;
  private volatile @Nullable AuthApiKey key;

  ApiKeyFilter(Instance<AuthApiKey> configured) {
    this.configured = configured;
  }

  /** Without a key the start ends here; a process that only migrates has ended before. */
  void start(@Observes StartupEvent event) {
    key = configured.get();
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext request) {
    RequestId.of(request);
    List<String> sent = request.request().headers().getAll(AuthApiKey.HEADER);
    AuthApiKey ours = key;
    if (ours != null && sent.size() == 1 && ours.accepts(sent.get(0))) {
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
