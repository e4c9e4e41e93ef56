package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered OpenID Connect issuer and its keys. The same object for as long as nothing of it
 * changes; a key that a change leaves alone stays the same object too.
 */
public final class Issuer {

  private final UUID id;
  private final String name;
  private final String url;
  private final List<String> audiences;
  private final String claimsNamespace;
  private final Reach maySpeakFor;
  private final Optional<UUID> ownerId;
  private final Set<Scope> defaultScopes;
  private final Optional<Set<Scope>> scopes;
  private final Optional<Instant> keysAsOf;
  private final Map<String, VerificationKey> keys;

  /**
   * @param before what stood here until now; its unchanged keys are kept
   * @throws IllegalArgumentException when it may speak for a tenant without naming its registration
   */
  Issuer(UUID id, IssuerEntry entry, @Nullable Issuer before) {
    this.id = id;
    this.name = entry.name();
    this.url = entry.issuer();
    this.audiences = entry.audiences();
    this.claimsNamespace = entry.claimsNamespace();
    this.maySpeakFor = entry.maySpeakFor();
    this.ownerId = entry.ownerId();
    this.defaultScopes = entry.defaultScopes();
    this.scopes = entry.scopes();
    this.keysAsOf = entry.keysAsOf().map(Instant::ofEpochSecond);
    this.keys = keysOf(entry, before == null ? Map.of() : before.keys);
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** Compared with {@code iss} exactly. */
  public String url() {
    return url;
  }

  /** At least one must be in {@code aud}; empty: none is asked for. */
  public List<String> audiences() {
    return audiences;
  }

  /** The top-level claim that holds tenant and username; empty: they stand at top level. */
  public String claimsNamespace() {
    return claimsNamespace;
  }

  public Reach maySpeakFor() {
    return maySpeakFor;
  }

  /** The registration of the owning tenant; empty when the issuer comes from configuration. */
  public Optional<UUID> ownerId() {
    return ownerId;
  }

  /** Of tokens that name no scope of Gatehouse's. */
  public Set<Scope> defaultScopes() {
    return defaultScopes;
  }

  /** The most that its tokens can have; empty: whatever they name. */
  public Optional<Set<Scope>> scopes() {
    return scopes;
  }

  /** When its keys were last fetched; empty: never yet. */
  public Optional<Instant> keysAsOf() {
    return keysAsOf;
  }

  boolean hasKeys() {
    return !keys.isEmpty();
  }

  public Optional<VerificationKey> key(String kid) {
    return Optional.ofNullable(keys.get(kid));
  }

  boolean sameAs(Issuer other) {
    return id.equals(other.id)
        && name.equals(other.name)
        && url.equals(other.url)
        && audiences.equals(other.audiences)
        && claimsNamespace.equals(other.claimsNamespace)
        && maySpeakFor.equals(other.maySpeakFor)
        && ownerId.equals(other.ownerId)
        && defaultScopes.equals(other.defaultScopes)
        && scopes.equals(other.scopes)
        && keysAsOf.equals(other.keysAsOf)
        && keys.equals(other.keys);
  }

  @Override
  public String toString() {
    return "Issuer[" + name + "]";
  }

  /** A key that cannot be read is left out: its tokens are refused, the others' are not. */
  private static Map<String, VerificationKey> keysOf(
      IssuerEntry entry, Map<String, VerificationKey> before) {
    Map<String, VerificationKey> keys = new HashMap<>();
    for (TrustedKey trusted : entry.keys()) {
      try {
        VerificationKey key = VerificationKey.of(trusted.spki(), trusted.alg());
        VerificationKey known = before.get(trusted.kid());
        keys.put(trusted.kid(), known != null && known.sameAs(key) ? known : key);
      } catch (IllegalArgumentException e) {
        keys.remove(trusted.kid());
      }
    }
    return Map.copyOf(keys);
  }
}
