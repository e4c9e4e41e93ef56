package dev.gatehouse.key.anchor;

import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.common.permission.Target;
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

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "max_token_lifetime")
  @Nullable Long maxTokenLifetime;

  @Column(name = "tokens_not_before")
  @Nullable Instant tokensNotBefore;

  @Column(name = "personal_issuer", updatable = false)
  @Nullable UUID personalIssuer;

  @Column(name = "personal_username", updatable = false)
  @Nullable String personalUsername;

  /** Written by {@link Usage} past the session. */
  @Column(name = "last_used_at", updatable = false)
  @Nullable Instant lastUsedAt;

  long revision;

  Anchor() {}

  static Anchor of(
      VerificationKey key,
      AnchorUpload upload,
      Optional<UUID> ownerId,
      Optional<UserId> user,
      Instant now) {
    Anchor anchor = of(UUID.randomUUID(), key);
    anchor.owner = upload.owner().text();
    anchor.ownerId = ownerId.orElse(null);
    anchor.setScopes(upload.scopes());
    anchor.description = upload.description().orElse(null);
    anchor.createdAt = now;
    anchor.expiresAt = upload.expiresAt().orElse(null);
    anchor.maxTokenLifetime = upload.maxTokenLifetime().map(Duration::toSeconds).orElse(null);
    anchor.setPersonal(user);
    return anchor;
  }

  static Anchor of(UUID id, VerificationKey key) {
    Anchor anchor = new Anchor();
    anchor.id = id;
    anchor.keyId = key.id().value();
    anchor.opstraceId = key.opstraceId().value();
    anchor.spki = Base64.getEncoder().encodeToString(key.subjectPublicKeyInfo());
    anchor.algorithm = key.algorithm();
    anchor.size = key.size().orElse(null);
    anchor.curve = key.curve().orElse(null);
    return anchor;
  }

  Revision revision() {
    return new Revision(revision);
  }

  Reach ownerReach() {
    return Reach.parse(owner);
  }

  Optional<UserId> personal() {
    return personalIssuer == null || personalUsername == null
        ? Optional.empty()
        : Optional.of(new UserId(personalIssuer, new Username(personalUsername)));
  }

  void setPersonal(Optional<UserId> user) {
    personalIssuer = user.map(UserId::issuer).orElse(null);
    personalUsername = user.map(it -> it.username().value()).orElse(null);
  }

  void setScopes(Set<Scope> granted) {
    scopes = granted.stream().map(Scope::value).sorted().collect(Collectors.joining(" "));
  }

  Set<Scope> scopeSet() {
    return Arrays.stream(scopes.split(" ", -1)).map(Scope::new).collect(Collectors.toSet());
  }

  /** What a caller's right to it depends on. */
  Target.OfKey target() {
    return new Target.OfKey(ownerReach(), personal());
  }

  String resource() {
    return KeysResource.PATH + "/" + keyId;
  }

  /** What the gateways are told of it as it is now. */
  Draft told() {
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
            Optional.ofNullable(tokensNotBefore).map(Instant::getEpochSecond)));
  }

  Draft removed() {
    return Draft.removal(AnchorEntry.KIND, id);
  }
}
