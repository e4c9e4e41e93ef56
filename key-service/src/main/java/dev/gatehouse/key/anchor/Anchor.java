package dev.gatehouse.key.anchor;

import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.key.material.VerificationKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A public key that one owner trusts. */
@Entity
@Table(name = "anchor")
class Anchor {

  @Id UUID id;

  @Column(name = "key_id", updatable = false)
  String keyId;

  @Column(name = "opstrace_id", updatable = false)
  String opstraceId;

  String spki;
  String algorithm;
  @Nullable Integer size;
  @Nullable String curve;
  String owner;

  @Column(name = "owner_id", updatable = false)
  @Nullable UUID ownerId;

  String scopes;
  @Nullable String description;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "expires_at", updatable = false)
  @Nullable Instant expiresAt;

  @Column(name = "max_token_lifetime", updatable = false)
  @Nullable Long maxTokenLifetime;

  long revision;

  Anchor() {}

  static Anchor of(VerificationKey key, AnchorUpload upload, Optional<UUID> ownerId, Instant now) {
    Anchor anchor = new Anchor();
    anchor.id = UUID.randomUUID();
    anchor.keyId = key.id().value();
    anchor.opstraceId = key.opstraceId().value();
    anchor.spki = Base64.getEncoder().encodeToString(key.subjectPublicKeyInfo());
    anchor.algorithm = key.algorithm();
    anchor.size = key.size().orElse(null);
    anchor.curve = key.curve().orElse(null);
    anchor.owner = upload.owner().text();
    anchor.ownerId = ownerId.orElse(null);
    anchor.scopes =
        upload.scopes().stream().map(Scope::value).sorted().collect(Collectors.joining(" "));
    anchor.description = upload.description().orElse(null);
    anchor.createdAt = now;
    anchor.expiresAt = upload.expiresAt().orElse(null);
    anchor.maxTokenLifetime = upload.maxTokenLifetime().map(Duration::toSeconds).orElse(null);
    return anchor;
  }

  Revision revision() {
    return new Revision(revision);
  }

  Reach ownerReach() {
    return Reach.parse(owner);
  }

  Draft added() {
    return Draft.of(
        AnchorEntry.KIND,
        id,
        new AnchorEntry(
            new KeyId(keyId),
            new OpstraceKeyId(opstraceId),
            spki,
            ownerReach(),
            Optional.ofNullable(ownerId),
            scopeSet(),
            Optional.ofNullable(expiresAt).map(Instant::getEpochSecond),
            Optional.ofNullable(maxTokenLifetime),
            Optional.empty()));
  }

  Draft removed() {
    return Draft.removal(AnchorEntry.KIND, id);
  }

  private Set<Scope> scopeSet() {
    return Arrays.stream(scopes.split(" ", -1)).map(Scope::new).collect(Collectors.toSet());
  }
}
