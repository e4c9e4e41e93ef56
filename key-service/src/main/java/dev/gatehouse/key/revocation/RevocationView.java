package dev.gatehouse.key.revocation;

import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A revocation as the API shows it.
 *
 * @param owner within whose subtree it acts: a tenant, or {@code *}
 * @param value the {@code jti}, {@code sub}, token hash, tenant or issuer
 * @param issuer whose tokens are meant, as {@code iss} says it
 * @param key thumbprint of the key whose tokens are meant
 * @param notBefore tokens issued earlier are refused; absent: all of them
 * @param vanishesAt when it goes by itself
 * @param revision the change that made it
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record RevocationView(
    UUID id,
    String owner,
    RevocationEntry.Type type,
    String value,
    Optional<String> issuer,
    Optional<KeyId> key,
    Optional<Instant> notBefore,
    Optional<Instant> expiresAt,
    Optional<Instant> vanishesAt,
    Optional<String> reason,
    Instant createdAt,
    long revision,
    Optional<List<String>> missing) {

  RevocationView {
    missing = missing.map(List::copyOf);
  }

  static RevocationView of(Revocation revocation) {
    Revoked revoked = revocation.revoked();
    return new RevocationView(
        revocation.id,
        revocation.owner,
        revoked.type(),
        revoked.value(),
        revoked.issuer(),
        revoked.key(),
        revoked.notBefore(),
        revoked.expiresAt(),
        Optional.ofNullable(revocation.vanishesAt),
        revoked.reason(),
        revocation.createdAt,
        revocation.revision,
        Optional.empty());
  }

  RevocationView missing(Optional<List<String>> missing) {
    return new RevocationView(
        id,
        owner,
        type,
        value,
        issuer,
        key,
        notBefore,
        expiresAt,
        vanishesAt,
        reason,
        createdAt,
        revision,
        missing);
  }
}
