package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.gateway.trust.Anchor;
import dev.gatehouse.gateway.trust.Issuer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asking, as far as the token says and what has vouched for it allows. Whether the tenants
 * exist or are suspended is not its business.
 *
 * @param scopes what the token may do, already cut down to what its anchor has
 * @param anchor what vouched for a tenant token
 * @param issuer what vouched for an OIDC token
 * @param expiresAt the token's {@code exp}; it is accepted a clock skew longer
 */
public record Identity(
    Kind kind,
    TokenTenants tenants,
    Optional<Username> username,
    Set<Scope> scopes,
    Optional<Anchor> anchor,
    Optional<Issuer> issuer,
    Instant expiresAt,
    Optional<Instant> issuedAt) {

  public enum Kind {
    TENANT_TOKEN,
    OIDC,
    ANONYMOUS
  }

  private static final Identity ANONYMOUS =
      new Identity(
          Kind.ANONYMOUS,
          TokenTenants.of(TenantId.DEFAULT),
          Optional.empty(),
          Set.of(
              new Scope("*:read"),
              new Scope("*:write"),
              new Scope("*:rules"),
              new Scope("*:alerts"),
              new Scope("*:alertconfig")),
          Optional.empty(),
          Optional.empty(),
          Instant.MAX,
          Optional.empty());

  public Identity {
    scopes = Set.copyOf(scopes);
  }

  /** Everybody where multi-tenancy is off: the default tenant and all of its data, no control. */
  public static Identity anonymous() {
    return ANONYMOUS;
  }
}
