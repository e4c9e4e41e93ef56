package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.Revocation;
import dev.gatehouse.gateway.trust.Revocation.What;
import dev.gatehouse.gateway.trust.Revocations;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Trust;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What revocations leave of a token (design §4.3). Each acts within its owner's subtree only, for
 * as long as that owner is registered: the token's tenants there drop out, and a token that is left
 * without any is refused. One of a tenant takes that tenant alone. A token of every tenant belongs
 * to no subtree, so that only revocations of {@code *} reach it.
 */
final class RevocationRules {

  private final Trust trust;
  private final Claims claims;
  private final Set<Reach> taken = new HashSet<>();

  private RevocationRules(Trust trust, Claims claims) {
    this.trust = trust;
    this.claims = claims;
  }

  /** Of a token of a registered issuer. */
  static TokenTenants left(TokenTenants tenants, TokenFacts facts, String issuer, Trust trust) {
    return left(tenants, facts, Optional.of(issuer), Optional.empty(), trust);
  }

  /** Of a token that an anchor's key has signed. */
  static TokenTenants left(TokenTenants tenants, TokenFacts facts, KeyId key, Trust trust) {
    return left(tenants, facts, Optional.empty(), Optional.of(key), trust);
  }

  private static TokenTenants left(
      TokenTenants tenants,
      TokenFacts facts,
      Optional<String> issuer,
      Optional<KeyId> key,
      Trust trust) {
    if (trust.revocations().isEmpty()) {
      return tenants;
    }
    RevocationRules rules = new RevocationRules(trust, facts.claims());
    rules.take(facts, issuer, key);
    return tenants.isEvery() ? rules.everyLeft() : rules.namedLeft(tenants);
  }

  /** Notes the subtrees from which the token is taken as a whole. */
  private void take(TokenFacts facts, Optional<String> issuer, Optional<KeyId> key) {
    take(What.token(facts.sha256()));
    claims.tokenId().ifPresent(jti -> take(What.tokenId(jti, issuer, key)));
    claims.subject().ifPresent(sub -> take(What.subject(sub, issuer, key)));
    issuer.ifPresent(iss -> take(What.issuer(iss)));
  }

  private void take(What what) {
    for (Revocation revocation : acting(what)) {
      taken.add(revocation.owner());
    }
  }

  private TokenTenants everyLeft() {
    if (taken.contains(Reach.EVERYTHING)) {
      throw revoked();
    }
    return TokenTenants.EVERY;
  }

  private TokenTenants namedLeft(TokenTenants tenants) {
    Set<TenantId> left = new HashSet<>();
    for (TenantId tenant : tenants.named()) {
      if (!isTaken(tenant)) {
        left.add(tenant);
      }
    }
    if (left.isEmpty()) {
      throw revoked();
    }
    return left.size() == tenants.named().size() ? tenants : TokenTenants.of(left);
  }

  private boolean isTaken(TenantId tenant) {
    for (Reach reach : taken) {
      if (reach.covers(tenant)) {
        return true;
      }
    }
    for (Revocation revocation : acting(What.tenant(tenant))) {
      if (revocation.owner().covers(tenant)) {
        return true;
      }
    }
    return false;
  }

  private List<Revocation> acting(What what) {
    Revocations revocations = trust.revocations();
    List<Revocation> all = revocations.of(what);
    return all.isEmpty() ? all : all.stream().filter(this::acts).toList();
  }

  private boolean acts(Revocation revocation) {
    return isOldEnough(revocation) && isOwned(revocation);
  }

  private boolean isOldEnough(Revocation revocation) {
    return revocation.notBefore().isEmpty()
        || claims.issuedAt().isEmpty()
        || claims.issuedAt().get().isBefore(revocation.notBefore().get());
  }

  /** Whether the owner is still the tenant that it was when it revoked. */
  private boolean isOwned(Revocation revocation) {
    Optional<TenantId> owner = revocation.owner().top();
    Optional<UUID> registration = owner.flatMap(trust.tenants()::byName).map(Tenant::id);
    return owner.isEmpty()
        || (registration.isPresent() && registration.equals(revocation.ownerId()));
  }

  private static Unauthenticated revoked() {
    return new Unauthenticated(ErrorCode.TOKEN_REVOKED, "The token is revoked");
  }
}
