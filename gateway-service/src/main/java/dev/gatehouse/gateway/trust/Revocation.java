package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes tokens away from an owner's subtree. The same object for as long as nobody changes it.
 *
 * @param ownerId the registration of the owner; empty exactly when the owner is every tenant
 * @param notBefore tokens issued earlier, or nobody knows when, are meant; empty: all of them
 */
public record Revocation(
    UUID id, What what, Reach owner, Optional<UUID> ownerId, Optional<Instant> notBefore) {

  /**
   * @throws IllegalArgumentException when the owner is a tenant without its registration
   */
  public Revocation {
    if (owner.top().isPresent() && ownerId.isEmpty()) {
      throw new IllegalArgumentException("A revocation of a tenant names no registration");
    }
  }

  /**
   * What is revoked: exactly this text, of this issuer or key where it means something only there.
   */
  public record What(
      RevocationEntry.Type type, String value, Optional<String> issuer, Optional<KeyId> key) {

    public static What tokenId(String jti, Optional<String> issuer, Optional<KeyId> key) {
      return new What(RevocationEntry.Type.JTI, jti, issuer, key);
    }

    public static What subject(String sub, Optional<String> issuer, Optional<KeyId> key) {
      return new What(RevocationEntry.Type.SUBJECT, sub, issuer, key);
    }

    /**
     * One token.
     *
     * @param sha256 of {@code header.payload}, lower-case hex
     */
    public static What token(String sha256) {
      return of(RevocationEntry.Type.TOKEN_HASH, sha256);
    }

    public static What tenant(TenantId tenant) {
      return of(RevocationEntry.Type.TENANT, tenant.value());
    }

    /**
     * All tokens of an issuer.
     *
     * @param iss compared exactly
     */
    public static What issuer(String iss) {
      return of(RevocationEntry.Type.ISSUER, iss);
    }

    private static What of(RevocationEntry.Type type, String value) {
      return new What(type, value, Optional.empty(), Optional.empty());
    }

    private static What of(RevocationEntry entry) {
      return switch (entry.type()) {
        case JTI, SUBJECT -> {
          if (entry.issuer().isPresent() == entry.key().isPresent()) {
            throw new IllegalArgumentException("A revocation names one issuer or one key");
          }
          yield new What(entry.type(), entry.value(), entry.issuer(), entry.key());
        }
        case TOKEN_HASH, TENANT, ISSUER -> of(entry.type(), entry.value());
      };
    }
  }

  /**
   * @throws IllegalArgumentException when nobody can tell what it means
   */
  static Revocation of(UUID id, RevocationEntry entry) {
    return new Revocation(
        id,
        What.of(entry),
        entry.owner(),
        entry.ownerId(),
        entry.notBefore().map(Instant::ofEpochSecond));
  }
}
