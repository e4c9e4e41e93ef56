package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public key that may sign tenant API tokens for its owner. The same object for as long as nobody
 * changes it, so that whoever remembers it can see by identity whether it still holds.
 */
public final class Anchor {

  private final UUID id;
  private final KeyId keyId;
  private final OpstraceKeyId opstraceId;
  private final Reach owner;
  private final Optional<UUID> ownerId;
  private final Set<Scope> scopes;
  private final Optional<Instant> expiresAt;
  private final Optional<Duration> maxTokenLifetime;
  private final Optional<Instant> tokensNotBefore;
  private final VerificationKey key;
  private final LastUse lastUse;

  /**
   * @param before what stood here until now; that it was used is not forgotten
   * @throws IllegalArgumentException when the key is of no known type
   */
  Anchor(UUID id, AnchorEntry entry, @Nullable Anchor before) {
    this.id = id;
    this.keyId = entry.keyId();
    this.opstraceId = entry.opstraceId();
    this.owner = entry.owner();
    this.ownerId = entry.ownerId();
    this.scopes = entry.scopes().equals(Scope.ALL_DATA) ? Scope.ALL_DATA : entry.scopes();
    this.expiresAt = entry.expiresAt().map(Instant::ofEpochSecond);
    this.maxTokenLifetime = entry.maxTokenLifetime().map(Duration::ofSeconds);
    this.tokensNotBefore = entry.tokensNotBefore().map(Instant::ofEpochSecond);
    this.key = VerificationKey.of(entry.spki(), Optional.empty());
    this.lastUse = before == null ? new LastUse() : before.lastUse;
    if (owner.top().isPresent() && ownerId.isEmpty()) {
      throw new IllegalArgumentException("An anchor of a tenant names no registration");
    }
  }

  public UUID id() {
    return id;
  }

  public KeyId keyId() {
    return keyId;
  }

  OpstraceKeyId opstraceId() {
    return opstraceId;
  }

  /** For whom it may sign: a tenant and those nested in it, or everybody. */
  public Reach owner() {
    return owner;
  }

  /** The registration of the owner; empty when everybody is meant. */
  public Optional<UUID> ownerId() {
    return ownerId;
  }

  /** The most that a token can have that it signed. */
  public Set<Scope> scopes() {
    return scopes;
  }

  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  /** The longest {@code exp − iat}. */
  public Optional<Duration> maxTokenLifetime() {
    return maxTokenLifetime;
  }

  /** Tokens issued earlier are refused. */
  public Optional<Instant> tokensNotBefore() {
    return tokensNotBefore;
  }

  public VerificationKey key() {
    return key;
  }

  /**
   * Notes that a token that it signed was accepted. Cheap enough for every request.
   *
   * @param now in seconds since the epoch
   */
  public void used(long now) {
    lastUse.note(now);
  }

  /** When a token of it was last accepted here, to the minute; empty: not since the start. */
  public Optional<Instant> lastUsed() {
    return lastUse.last();
  }

  LastUse lastUse() {
    return lastUse;
  }

  boolean sameAs(Anchor other) {
    return id.equals(other.id)
        && keyId.equals(other.keyId)
        && opstraceId.equals(other.opstraceId)
        && owner.equals(other.owner)
        && ownerId.equals(other.ownerId)
        && scopes.equals(other.scopes)
        && expiresAt.equals(other.expiresAt)
        && maxTokenLifetime.equals(other.maxTokenLifetime)
        && tokensNotBefore.equals(other.tokensNotBefore)
        && key.sameAs(other.key);
  }

  @Override
  public String toString() {
    return "Anchor[" + keyId + " of " + owner + "]";
  }
}
