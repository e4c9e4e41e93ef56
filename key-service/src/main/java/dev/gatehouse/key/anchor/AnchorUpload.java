package dev.gatehouse.key.anchor;

import static dev.gatehouse.key.body.Fields.invalid;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.material.PublicKeys;
import dev.gatehouse.key.material.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/keys}.
 *
 * @param expiresAt when the anchor ends, to the second
 * @param maxTokenLifetime the longest {@code exp − iat} of its tokens, in whole seconds
 * @param personal whether it is the caller's own
 */
record AnchorUpload(
    List<VerificationKey> keys,
    Reach owner,
    Set<Scope> scopes,
    Optional<String> description,
    Optional<Instant> expiresAt,
    Optional<Duration> maxTokenLifetime,
    boolean personal) {

  private static final List<String> FIELDS =
      List.of("key", "owner", "scopes", "description", "expiresAt", "maxTokenLifetime", "personal");

  AnchorUpload {
    keys = List.copyOf(keys);
    scopes = Set.copyOf(scopes);
  }

  /**
   * Reads the body.
   *
   * @throws Invalid when a part of it is wrong, or anything in it is a private key
   */
  static AnchorUpload parse(@Nullable String body, Instant now) {
    Fields fields = Fields.of(body, "a key", FIELDS);
    return new AnchorUpload(
        keys(fields),
        owner(fields),
        KeyFields.scopes(fields).orElse(Scope.ALL_DATA),
        KeyFields.description(fields),
        KeyFields.expiresAt(fields, now),
        KeyFields.maxTokenLifetime(fields),
        fields.flag("personal"));
  }

  /**
   * Whose key it is to be, if it is personal.
   *
   * @throws Invalid when it is, and cannot be
   */
  Optional<UserId> userOf(Caller caller) {
    if (!personal) {
      return Optional.empty();
    }
    UserId user =
        caller.user().orElseThrow(() -> invalid("Only a logged-in user can have a personal key"));
    if (caller.isOperator() || !owner.equals(caller.reach())) {
      throw invalid("The owner of a personal key is its user's own tenant");
    }
    KeyFields.requireData(scopes);
    return Optional.of(user);
  }

  private static List<VerificationKey> keys(Fields fields) {
    return PublicKeys.parse(
        fields
            .value("key")
            .filter(key -> key.isTextual() || key.isObject())
            .orElseThrow(() -> invalid("key is the PEM text of a public key, a JWK or a JWKS")));
  }

  private static Reach owner(Fields fields) {
    String text =
        fields
            .text("owner")
            .orElseThrow(() -> invalid("owner is missing: the tenant that the key may sign for"));
    Reach owner = Reach.parse(text);
    if (owner.top().map(TenantId::isDefault).orElse(false)) {
      throw invalid("The default tenant cannot own keys, as there are no tokens for it");
    }
    return owner;
  }
}
