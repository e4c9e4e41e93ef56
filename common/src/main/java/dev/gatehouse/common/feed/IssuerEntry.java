package dev.gatehouse.common.feed;

import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An OIDC issuer as the gateways know it.
 *
 * @param issuer compared with {@code iss} exactly, a trailing slash included
 * @param audiences at least one must be in {@code aud}; empty: none is asked for
 * @param claimsNamespace the top-level claim that holds {@code tenant_id} and {@code username};
 *     empty: the two stand at top level
 * @param maySpeakFor the tenants that its tokens may name
 * @param ownerId the registration of the owning tenant; empty when it comes from configuration
 * @param defaultScopes of tokens that name no scope of Gatehouse's
 * @param scopes the most that its tokens can have; empty: whatever they name
 * @param keysAsOf when the keys were last fetched; seconds since the epoch; empty: never
 */
public record IssuerEntry(
    String name,
    String issuer,
    List<String> audiences,
    String claimsNamespace,
    Reach maySpeakFor,
    Optional<UUID> ownerId,
    Set<Scope> defaultScopes,
    Optional<Set<Scope>> scopes,
    List<TrustedKey> keys,
    Optional<Long> keysAsOf) {

  public static final String KIND = "issuer";

  public IssuerEntry {
    audiences = List.copyOf(audiences);
    defaultScopes = Set.copyOf(defaultScopes);
    scopes = scopes.map(Set::copyOf);
    keys = List.copyOf(keys);
  }
}
