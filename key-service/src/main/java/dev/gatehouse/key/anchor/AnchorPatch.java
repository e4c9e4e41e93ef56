package dev.gatehouse.key.anchor;

import static dev.gatehouse.key.body.Fields.invalid;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.key.body.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of a key (RFC 7396): an absent field stays, {@code null} takes it away.
 *
 * @param scopes cannot be taken away, as a key without scopes is no use
 */
record AnchorPatch(
    Change<String> description,
    Change<Instant> expiresAt,
    Change<Duration> maxTokenLifetime,
    Optional<Set<Scope>> scopes) {

  private static final List<String> FIELDS =
      List.of("description", "expiresAt", "maxTokenLifetime", "scopes");

  /** A new value, or none, for a field that was named. */
  record Change<T>(boolean named, Optional<T> value) {

    @Nullable T applyTo(@Nullable T before) {
      return named ? value.orElse(null) : before;
    }
  }

  AnchorPatch {
    scopes = scopes.map(Set::copyOf);
  }

  /**
   * Reads the body.
   *
   * @throws Invalid when a part of it is wrong, or anything in it is a private key
   */
  static AnchorPatch parse(@Nullable String body, Instant now) {
    Fields fields = Fields.of(body, "a key that can change", FIELDS);
    Optional<Set<Scope>> scopes = KeyFields.scopes(fields);
    if (fields.has("scopes") && scopes.isEmpty()) {
      throw invalid("scopes cannot be taken away; name those that are left");
    }
    return new AnchorPatch(
        new Change<>(fields.has("description"), KeyFields.description(fields)),
        new Change<>(fields.has("expiresAt"), KeyFields.expiresAt(fields, now)),
        new Change<>(fields.has("maxTokenLifetime"), KeyFields.maxTokenLifetime(fields)),
        scopes);
  }

  /** The scopes that the key did not have before. */
  Set<Scope> grants(Anchor anchor) {
    Set<Scope> granted = new HashSet<>(scopes.orElse(Set.of()));
    granted.removeIf(scope -> scope.isIn(anchor.scopeSet()));
    return granted;
  }

  /** Writes the change; false when the key was like that before. */
  boolean applyTo(Anchor anchor) {
    String newDescription = description.applyTo(anchor.description);
    Instant newExpiry = expiresAt.applyTo(anchor.expiresAt);
    Long newLifetime =
        maxTokenLifetime.named()
            ? maxTokenLifetime.value().map(Duration::toSeconds).orElse(null)
            : anchor.maxTokenLifetime;
    Set<Scope> newScopes = scopes.orElseGet(anchor::scopeSet);
    boolean changes =
        !Objects.equals(newDescription, anchor.description)
            || !Objects.equals(newExpiry, anchor.expiresAt)
            || !Objects.equals(newLifetime, anchor.maxTokenLifetime)
            || !newScopes.equals(anchor.scopeSet());
    anchor.description = newDescription;
    anchor.expiresAt = newExpiry;
    anchor.maxTokenLifetime = newLifetime;
    anchor.setScopes(newScopes);
    return changes;
  }
}
