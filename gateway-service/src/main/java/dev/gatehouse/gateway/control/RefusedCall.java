package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authentication.Identity;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;

/**
 * A call whose token was good and that the gateway refused nevertheless.
 *
 * @param tenant whose token it was, {@code *} for every tenant; of several the first by name. It is
 *     about them that the entry is: whoever they asked for in vain does not hear of it.
 */
record RefusedCall(
    String tenant,
    Identity identity,
    String method,
    String path,
    ErrorCode code,
    String client,
    String requestId) {

  static RefusedCall of(
      Identity identity,
      String method,
      String path,
      ErrorCode code,
      String client,
      String requestId) {
    String tenant =
        identity.tenants().named().stream()
            .map(TenantId::value)
            .min(Comparator.naturalOrder())
            .orElse("*");
    return new RefusedCall(tenant, identity, method, path, code, client, requestId);
  }

  /** As it is told to a service. */
  JsonObject toJson() {
    Credential credential = ControlCaller.credential(identity);
    JsonObject actor = new JsonObject().put("tenant", tenant);
    identity.username().ifPresent(name -> actor.put("username", name.value()));
    credential.issuer().ifPresent(issuer -> actor.put("issuer", issuer.toString()));
    credential.key().ifPresent(key -> actor.put("key", key.value()));
    actor.put("means", credential.means().text());
    return new JsonObject()
        .put("tenant", tenant)
        .put("action", method)
        .put("resource", path)
        .put("code", code.code())
        .put("actor", actor)
        .put("client", client)
        .put("requestId", requestId);
  }
}
