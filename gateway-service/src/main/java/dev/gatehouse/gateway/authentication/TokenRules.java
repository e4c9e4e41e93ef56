package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.name.Instance;
import dev.gatehouse.gateway.trust.Issuer;
import dev.gatehouse.gateway.trust.Trust;
import java.time.Duration;
import java.util.List;

/**
 * The rules by which a token is judged. Its class comes first: a registered issuer's token is held
 * against that issuer's keys and the rules of OpenID Connect, any other against the anchors and the
 * rules of tenant tokens. There is no way from one to the other.
 */
final class TokenRules {

  private final TenantTokenRules tenantTokens;
  private final OidcRules oidc;

  TokenRules(Instance instance, Duration skew) {
    this.tenantTokens = new TenantTokenRules(instance, skew);
    this.oidc = new OidcRules(skew);
  }

  Standing standing(TokenFacts facts, Trust trust) {
    List<Issuer> registrations =
        facts.claims().issuer().map(trust.issuers()::byUrl).orElse(List.of());
    return registrations.isEmpty()
        ? tenantTokens.standing(facts, trust)
        : oidc.standing(facts, registrations, trust);
  }
}
