package dev.gatehouse.key.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.key.material.PrivateKeyMaterial;
import dev.gatehouse.key.material.PublicKeys;
import dev.gatehouse.key.material.QuietJson;
import dev.gatehouse.key.material.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /api/v1/keys}, read without the framework's help: a private key may be in
 * it, and must not come near anything that could log or quote it.
 *
 * @param expiresAt when the anchor ends, to the second
 * @param maxTokenLifetime the longest {@code exp − iat} of its tokens, in whole seconds
 */
record AnchorUpload(
    List<VerificationKey> keys,
    Reach owner,
    Set<Scope> scopes,
    Optional<String> description,
    Optional<Instant> expiresAt,
    Optional<Duration> maxTokenLifetime) {

  static final int MAX_DESCRIPTION = 200;
  static final int MAX_SCOPES = 64;

  /** A hundred years, in seconds: Opstrace's tokens lived for ten. */
  static final long MAX_TOKEN_LIFETIME = 3_155_760_000L;

  private static final Instant LATEST_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

  private static final Set<String> FIELDS =
      Set.of("key", "owner", "scopes", "description", "expiresAt", "maxTokenLifetime");

  AnchorUpload {
    keys = List.copyOf(keys);
    scopes = Set.copyOf(scopes);
  }

  /**
   * Reads the body.
   *
   * @throws Invalid when a part of it is wrong, or anything in it is a private key
   */
  static AnchorUpload parse(String body, Instant now) {
    PrivateKeyMaterial.refuseIn(body);
    JsonNode json =
        QuietJson.parse(body)
            .filter(JsonNode::isObject)
            .orElseThrow(
                () -> new Invalid(ErrorCode.REQUEST_MALFORMED, "The body is not a JSON object"));
    PrivateKeyMaterial.refuseIn(json);
    json.fieldNames().forEachRemaining(AnchorUpload::checkKnown);
    return new AnchorUpload(
        keys(json),
        owner(json),
        scopes(json),
        text(json, "description").map(AnchorUpload::checkedDescription),
        text(json, "expiresAt").map(text -> expiry(text, now)),
        maxTokenLifetime(json));
  }

  private static void checkKnown(String field) {
    if (!FIELDS.contains(field)) {
      throw invalid(
          "The fields of a key are key, owner, scopes, description, expiresAt and"
              + " maxTokenLifetime; there is another one");
    }
  }

  private static List<VerificationKey> keys(JsonNode json) {
    JsonNode key = json.path("key");
    if (!key.isTextual() && !key.isObject()) {
      throw invalid("key is the PEM text of a public key, a JWK or a JWKS");
    }
    return PublicKeys.parse(key);
  }

  private static Reach owner(JsonNode json) {
    String text =
        text(json, "owner")
            .orElseThrow(() -> invalid("owner is missing: the tenant that the key may sign for"));
    Reach owner = Reach.parse(text);
    if (owner.top().map(TenantId::isDefault).orElse(false)) {
      throw invalid("The default tenant cannot own keys, as there are no tokens for it");
    }
    return owner;
  }

  private static Set<Scope> scopes(JsonNode json) {
    JsonNode scopes = json.path("scopes");
    if (scopes.isMissingNode() || scopes.isNull()) {
      return Scope.ALL_DATA;
    }
    if (!scopes.isArray() || scopes.isEmpty() || scopes.size() > MAX_SCOPES) {
      throw invalid("scopes is a list of 1 to " + MAX_SCOPES + " scopes");
    }
    Set<Scope> parsed = new LinkedHashSet<>();
    for (JsonNode scope : scopes) {
      parsed.add(new Scope(scope.isTextual() ? scope.textValue() : ""));
    }
    return parsed;
  }

  private static String checkedDescription(String text) {
    if (text.isBlank() || text.length() > MAX_DESCRIPTION) {
      throw invalid("description has 1 to " + MAX_DESCRIPTION + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw invalid("description is one line, without control characters");
    }
    return text;
  }

  private static Instant expiry(String text, Instant now) {
    Instant expiry;
    try {
      expiry = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeParseException e) {
      throw invalid("expiresAt is a time of RFC 3339, such as 2030-01-31T12:00:00Z");
    }
    if (!expiry.isAfter(now)) {
      throw invalid("expiresAt is in the past");
    }
    if (expiry.isAfter(LATEST_EXPIRY)) {
      throw invalid("expiresAt is beyond the year 9999");
    }
    return expiry;
  }

  private static Optional<Duration> maxTokenLifetime(JsonNode json) {
    JsonNode lifetime = json.path("maxTokenLifetime");
    if (lifetime.isMissingNode() || lifetime.isNull()) {
      return Optional.empty();
    }
    long seconds =
        lifetime.isIntegralNumber() && lifetime.canConvertToLong() ? lifetime.longValue() : 0;
    if (seconds < 1 || seconds > MAX_TOKEN_LIFETIME) {
      throw invalid("maxTokenLifetime is a number of seconds, 1 to " + MAX_TOKEN_LIFETIME);
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(field + " is a string");
    }
    return Optional.of(value.textValue());
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
