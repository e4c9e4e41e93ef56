package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.Anchor;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenant API tokens: minted by their owner, vouched for by a trust anchor. */
final class TenantTokenRules {

  private static final String SUBJECT_PREFIX = "tenant-";

  private final String audience;
  private final String opstraceAudience;
  private final Duration skew;

  TenantTokenRules(Instance instance, Duration skew) {
    this.audience = instance.audience();
    this.opstraceAudience = instance.opstraceAudience();
    this.skew = skew;
  }

  Standing standing(TokenFacts facts, Trust trust) {
    List<Anchor> anchors = trust.anchors().byKid(facts.kid());
    if (anchors.isEmpty()) {
      return new Standing.Bad(
          Optional.empty(), refused(ErrorCode.KEY_UNKNOWN, "Nobody trusts the token's key"));
    }
    try {
      TenantId tenant = tenant(facts.claims());
      Anchor anchor = nearest(anchors, tenant, trust);
      return new Standing.Good(
          anchor.key(),
          identity(facts, tenant, anchor, trust),
          Validity.of(facts.claims(), skew, anchor.expiresAt()));
    } catch (Unauthenticated refusal) {
      return new Standing.Bad(Optional.of(anchors.get(0).key()), refusal);
    }
  }

  /**
   * The one that is owned by the tenant or else by the nearest above it; an operator's comes last.
   */
  private static Anchor nearest(List<Anchor> anchors, TenantId tenant, Trust trust) {
    Anchor nearest = null;
    for (Anchor anchor : anchors) {
      if (anchor.owner().covers(tenant)
          && isBound(anchor, trust)
          && (nearest == null || depth(anchor) > depth(nearest))) {
        nearest = anchor;
      }
    }
    if (nearest == null) {
      throw refused(ErrorCode.KEY_UNKNOWN, "The token's key may not sign for this tenant");
    }
    return nearest;
  }

  /** Whether the owner is still the tenant that it was when the key was added. */
  private static boolean isBound(Anchor anchor, Trust trust) {
    Optional<TenantId> owner = anchor.owner().top();
    Optional<UUID> registration = owner.flatMap(trust.tenants()::byName).map(Tenant::id);
    return owner.isEmpty() || (registration.isPresent() && registration.equals(anchor.ownerId()));
  }

  /** Of two owners that cover the same tenant, the one with the longer name is nearer to it. */
  private static int depth(Anchor anchor) {
    return anchor.owner().top().map(owner -> owner.value().length()).orElse(0);
  }

  private Identity identity(TokenFacts facts, TenantId tenant, Anchor anchor, Trust trust) {
    Claims claims = facts.claims();
    if (!claims.audience().contains(audience) && !claims.audience().contains(opstraceAudience)) {
      throw refused(ErrorCode.AUDIENCE_MISMATCH, "The token is for somebody else");
    }
    Instant issuedAt = claims.issuedAt().orElseThrow(() -> Claims.invalid("The token has no iat"));
    Optional<Duration> longest = anchor.maxTokenLifetime();
    if (longest.isPresent()
        && Duration.between(issuedAt, claims.expiresAt()).compareTo(longest.get()) > 0) {
      throw Claims.invalid("The token lives longer than its key allows");
    }
    NotBefore.check(claims, anchor.tokensNotBefore());
    NotBefore.check(claims, tenant, trust);
    return new Identity(
        Identity.Kind.TENANT_TOKEN,
        RevocationRules.left(TokenTenants.of(tenant), facts, anchor.keyId(), trust),
        Optional.empty(),
        scopes(claims.scopes(), anchor),
        Optional.of(anchor),
        Optional.empty(),
        claims.expiresAt(),
        claims.issuedAt());
  }

  /** A token that says something about scopes, if only a misspelt one, never gets the default. */
  private static Set<Scope> scopes(Claims.NamedScopes named, Anchor anchor) {
    return ScopeGrant.both(named.claimed() ? named.scopes() : Scope.ALL_DATA, anchor.scopes());
  }

  private static TenantId tenant(Claims claims) {
    String subject = claims.subject().orElse("");
    @Nullable TenantId tenant = null;
    if (subject.startsWith(SUBJECT_PREFIX)) {
      try {
        tenant = new TenantId(subject.substring(SUBJECT_PREFIX.length()));
      } catch (Invalid e) {
        tenant = null;
      }
    }
    if (tenant == null || tenant.isDefault()) {
      throw Claims.invalid("The token's subject is not one tenant");
    }
    return tenant;
  }

  private static Unauthenticated refused(ErrorCode code, String detail) {
    return new Unauthenticated(code, detail);
  }
}
