package dev.gatehouse.key.revocation;

import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stored revocation; only its revision ever changes. */
@Entity
@Table(name = "revocation")
class Revocation {

  @Id UUID id;

  String owner;

  @Column(name = "owner_id")
  @Nullable UUID ownerId;

  String type;
  String value;
  @Nullable String issuer;

  @Column(name = "key_id")
  @Nullable String keyId;

  @Column(name = "not_before")
  @Nullable Instant notBefore;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "vanishes_at")
  @Nullable Instant vanishesAt;

  @Nullable String reason;

  @Column(name = "content_hash")
  String contentHash;

  @Column(name = "created_at")
  Instant createdAt;

  long revision;

  Revocation() {}

  static Revocation of(UUID id, Revoked revoked, Instant now) {
    Revocation revocation = new Revocation();
    revocation.id = id;
    revocation.owner = revoked.owner().text();
    revocation.ownerId = revoked.ownerId().orElse(null);
    revocation.type = revoked.type().text();
    revocation.value = revoked.value();
    revocation.issuer = revoked.issuer().orElse(null);
    revocation.keyId = revoked.key().map(KeyId::value).orElse(null);
    revocation.notBefore = revoked.notBefore().orElse(null);
    revocation.expiresAt = revoked.expiresAt().orElse(null);
    revocation.vanishesAt = revoked.vanishesAt().orElse(null);
    revocation.reason = revoked.reason().orElse(null);
    revocation.contentHash = revoked.contentHash();
    revocation.createdAt = now;
    return revocation;
  }

  Revoked revoked() {
    return new Revoked(
        ownerReach(),
        Optional.ofNullable(ownerId),
        RevocationEntry.Type.valueOf(type.toUpperCase(Locale.ROOT)),
        value,
        Optional.ofNullable(issuer),
        Optional.ofNullable(keyId).map(KeyId::new),
        Optional.ofNullable(notBefore),
        Optional.ofNullable(expiresAt),
        Optional.ofNullable(reason));
  }

  Revision revision() {
    return new Revision(revision);
  }

  Reach ownerReach() {
    return Reach.parse(owner);
  }

  String resource() {
    return RevocationsResource.PATH + "/" + id;
  }

  Draft added() {
    Revoked revoked = revoked();
    return Draft.of(
        RevocationEntry.KIND,
        id,
        new RevocationEntry(
            revoked.type(),
            revoked.value(),
            revoked.issuer(),
            revoked.key(),
            revoked.owner(),
            revoked.ownerId(),
            revoked.notBefore().map(Instant::getEpochSecond)));
  }

  Draft removed() {
    return Draft.removal(RevocationEntry.KIND, id);
  }
}
