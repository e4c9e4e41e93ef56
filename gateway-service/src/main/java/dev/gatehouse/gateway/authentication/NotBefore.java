package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Trust;
import java.time.Instant;
import java.util.Optional;

/** Tokens issued before a certain time, or nobody knows when, can be withdrawn all at once. */
final class NotBefore {

  private NotBefore() {}

  static void check(Claims claims, TenantId tenant, Trust trust) {
    check(claims, trust.tenants().byName(tenant).flatMap(Tenant::tokensNotBefore));
  }

  static void check(Claims claims, Optional<Instant> notBefore) {
    if (notBefore.isPresent()
        && (claims.issuedAt().isEmpty() || claims.issuedAt().get().isBefore(notBefore.get()))) {
      throw new Unauthenticated(ErrorCode.TOKEN_REVOKED, "Tokens of this age are revoked");
    }
  }
}
