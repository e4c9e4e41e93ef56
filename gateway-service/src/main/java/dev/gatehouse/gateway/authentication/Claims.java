package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.common.name.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of a token that mean something here (RFC 7519 §4.1, RFC 9068 §2.2).
 *
 * @param tokenId {@code jti}
 * @param audience {@code aud}; empty when there is none
 * @param topLevel tenant and username beside the registered claims
 * @param namespaces the same inside of other claims, by the name of the claim; only claims that
 *     hold one of the two
 */
record Claims(
    Optional<String> issuer,
    Optional<String> subject,
    Optional<String> tokenId,
    List<String> audience,
    Instant expiresAt,
    Optional<Instant> notBefore,
    Optional<Instant> issuedAt,
    NamedScopes scopes,
    TenantClaims topLevel,
    Map<String, TenantClaims> namespaces) {

  Claims {
    audience = List.copyOf(audience);
    namespaces = Map.copyOf(namespaces);
  }

  /** Tenant and username under a claim of this name, or at top level when the name is empty. */
  TenantClaims tenantClaims(String namespace) {
    return namespace.isEmpty() ? topLevel : namespaces.getOrDefault(namespace, TenantClaims.NONE);
  }

  static Unauthenticated invalid(String detail) {
    return new Unauthenticated(ErrorCode.CLAIMS_INVALID, detail);
  }

  /**
   * What the token says about scopes, in whichever of the three claims that providers use for them.
   *
   * @param scopes those of Gatehouse's that it names
   * @param claimed whether one of the claims is there at all
   * @param permissions whether the one of that name is there
   */
  record NamedScopes(Set<Scope> scopes, boolean claimed, boolean permissions) {

    NamedScopes {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * For whom the token speaks.
   *
   * @param tenants {@code tenant_id}, a string being a list of one
   * @param wellFormed false when one of the two has a type that it cannot have
   */
  record TenantClaims(
      Optional<List<String>> tenants, Optional<String> username, boolean wellFormed) {

    static final TenantClaims NONE = new TenantClaims(Optional.empty(), Optional.empty(), true);
  }
}
