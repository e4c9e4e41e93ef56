package dev.gatehouse.common.audit;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Username;
import java.util.Optional;
import java.util.UUID;

/**
 * Who acted, as far as the gateway or the holder of the API key has said.
 *
 * @param tenant as which; {@code *}: as an operator
 * @param issuer the registration of the issuer of the access token
 * @param key the thumbprint of the key that signed the tenant API token
 * @param means {@code oidc}, {@code tenant-token}, {@code api-key}, or {@code service} for what a
 *     service does by itself
 */
public record Actor(
    Reach tenant,
    Optional<Username> username,
    Optional<UUID> issuer,
    Optional<String> key,
    String means) {

  static Actor of(Caller caller) {
    return new Actor(
        caller.reach(),
        caller.username(),
        caller.credential().issuer(),
        caller.credential().key().map(Object::toString),
        caller.credential().means().text());
  }
}
