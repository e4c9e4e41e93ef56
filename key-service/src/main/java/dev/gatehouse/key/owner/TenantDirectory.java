package dev.gatehouse.key.owner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.key.fetch.BoundedFetch;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import dev.gatehouse.key.fetch.Fetched;
import dev.gatehouse.key.fetch.Route;
import dev.gatehouse.key.material.QuietJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the registration of a tenant by its name, in tenant-service. */
@ApplicationScoped
public class TenantDirectory {

  private final TenantServiceConfiguration configuration;
  private final AuthApiKey apiKey;
  private final BoundedFetch fetch;

  TenantDirectory(TenantServiceConfiguration configuration, AuthApiKey apiKey, BoundedFetch fetch) {
    this.configuration = configuration;
    this.apiKey = apiKey;
    this.fetch = fetch;
  }

  /**
   * The id of the registration. Fails with {@link NotFound} when there is none of this name, and
   * with {@link Unavailable} when tenant-service does not say.
   */
  public Uni<UUID> registrationOf(TenantId tenant) {
    return fetch
        .get(
            configuration.url().resolve("/api/v1/tenants/" + tenant),
            Route.BY_NAME,
            Map.of(AuthApiKey.HEADER, apiKey.toSend(), Caller.TENANT_HEADER, "*"),
            configuration.deadline())
        .onFailure(FetchFailure.class)
        .transform(TenantDirectory::unavailable)
        .map(answer -> registration(tenant, answer));
  }

  private static UUID registration(TenantId tenant, Fetched answer) {
    if (answer.status() == 404) {
      throw new NotFound(ErrorCode.TENANT_UNKNOWN, "There is no tenant " + tenant);
    }
    return Optional.of(answer)
        .filter(found -> found.status() == 200)
        .flatMap(found -> QuietJson.parse(found.body()))
        .filter(json -> json.path("name").asText().equals(tenant.value()))
        .flatMap(json -> uuid(json.path("id")))
        .orElseThrow(
            () ->
                unavailable(
                    new FetchFailure(Reason.STATUS_REFUSED, "It answered " + answer.status())));
  }

  private static Optional<UUID> uuid(JsonNode id) {
    try {
      return Optional.of(UUID.fromString(id.asText()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Unavailable unavailable(@Nullable Throwable cause) {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE,
        "The registry of tenants does not answer, so the owner is not known. Try again shortly.",
        cause);
  }
}
