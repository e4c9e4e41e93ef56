package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.gateway.authentication.Claims.NamedScopes;
import dev.gatehouse.gateway.authentication.Claims.TenantClaims;
import dev.gatehouse.gateway.trust.Issuer;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.VerificationKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Access tokens of registered OpenID Connect issuers. */
final class OidcRules {

  private final Duration skew;

  OidcRules(Duration skew) {
    this.skew = skew;
  }

  /**
   * @param registrations those of the token's {@code iss}, at least one; its {@code aud} says which
   *     is meant
   */
  Standing standing(TokenFacts facts, List<Issuer> registrations, Trust trust) {
    Claims claims = facts.claims();
    List<Issuer> meant = registrations.stream().filter(one -> isFor(one, claims)).toList();
    Issuer issuer = meant.isEmpty() ? registrations.get(0) : meant.get(0);
    Optional<VerificationKey> key = issuer.key(facts.kid());
    if (key.isEmpty()) {
      return new Standing.KeyMissing(issuer);
    }
    try {
      checkAudience(meant);
      checkOwner(issuer, trust);
      return new Standing.Good(
          key.get(), identity(facts, issuer, trust), Validity.of(claims, skew, Optional.empty()));
    } catch (Unauthenticated refusal) {
      return new Standing.Bad(key, refusal);
    }
  }

  private static boolean isFor(Issuer issuer, Claims claims) {
    for (String audience : issuer.audiences()) {
      if (claims.audience().contains(audience)) {
        return true;
      }
    }
    return issuer.audiences().isEmpty();
  }

  private static void checkAudience(List<Issuer> meant) {
    if (meant.isEmpty()) {
      throw new Unauthenticated(ErrorCode.AUDIENCE_MISMATCH, "The token is for somebody else");
    }
    if (meant.size() > 1) {
      throw new Unauthenticated(
          ErrorCode.AUDIENCE_MISMATCH, "The token is for several registrations of its issuer");
    }
  }

  /**
   * An issuer that a tenant added speaks within that tenant, for as long as that one is registered.
   */
  private static void checkOwner(Issuer issuer, Trust trust) {
    if (issuer.ownerId().isEmpty()) {
      return;
    }
    Optional<TenantId> owner = issuer.ownerId().flatMap(trust.tenants()::byId).map(Tenant::name);
    Optional<TenantId> top = issuer.maySpeakFor().top();
    if (owner.isEmpty() || top.isEmpty() || !top.get().isWithin(owner.get())) {
      throw new Unauthenticated(
          ErrorCode.KEY_UNKNOWN, "The owner of the token's issuer is not registered any more");
    }
  }

  private static Identity identity(TokenFacts facts, Issuer issuer, Trust trust) {
    Claims claims = facts.claims();
    TenantClaims named = claims.tenantClaims(issuer.claimsNamespace());
    if (!named.wellFormed()) {
      throw Claims.invalid("The token's tenant or username is not a string");
    }
    TokenTenants tenants = tenants(named, issuer.maySpeakFor());
    for (TenantId tenant : tenants.named()) {
      NotBefore.check(claims, tenant, trust);
    }
    return new Identity(
        Identity.Kind.OIDC,
        RevocationRules.left(tenants, facts, issuer.url(), trust),
        username(named),
        scopes(claims.scopes(), issuer),
        Optional.empty(),
        Optional.of(issuer),
        claims.expiresAt(),
        claims.issuedAt());
  }

  /** One name that the issuer may not speak for spoils the token. */
  private static TokenTenants tenants(TenantClaims claims, Reach maySpeakFor) {
    Set<TenantId> tenants = new HashSet<>();
    boolean every = false;
    for (String name : claims.tenants().orElse(List.of())) {
      if (!name.equals(Reach.EVERYTHING.text())) {
        tenants.add(tenant(name, maySpeakFor));
      } else if (maySpeakFor.equals(Reach.EVERYTHING)) {
        every = true;
      } else {
        throw Claims.invalid("The token's issuer may not speak for every tenant");
      }
    }
    if (every) {
      return TokenTenants.EVERY;
    }
    if (tenants.isEmpty()) {
      throw Claims.invalid("The token names no tenant");
    }
    return TokenTenants.of(tenants);
  }

  private static TenantId tenant(String name, Reach maySpeakFor) {
    TenantId tenant;
    try {
      tenant = new TenantId(name);
    } catch (Invalid e) {
      throw Claims.invalid("The token names something that cannot be a tenant");
    }
    if (!maySpeakFor.covers(tenant)) {
      throw Claims.invalid("The token's issuer may not speak for a tenant that it names");
    }
    return tenant;
  }

  private static Optional<Username> username(TenantClaims claims) {
    try {
      return claims.username().map(Username::new);
    } catch (Invalid e) {
      throw Claims.invalid("The token's username is not one");
    }
  }

  /**
   * With {@code permissions} the provider manages what its users may do (RBAC): none of ours among
   * them means none, not the default.
   */
  private static Set<Scope> scopes(NamedScopes named, Issuer issuer) {
    Set<Scope> scopes =
        named.scopes().isEmpty() && !named.permissions() ? issuer.defaultScopes() : named.scopes();
    return issuer.scopes().isPresent() ? ScopeGrant.both(scopes, issuer.scopes().get()) : scopes;
  }
}
