package dev.gatehouse.key.anchor;

import static dev.gatehouse.key.body.Fields.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.material.PublicKeys;
import dev.gatehouse.key.material.VerificationKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads an exported key as strictly as an uploaded one; the past is no reason to refuse it. */
final class AnchorEntryReader {

  private static final List<String> FIELDS =
      List.of(
          "kind",
          "id",
          "keyId",
          "opstraceId",
          "owner",
          "ownerId",
          "scopes",
          "publicKey",
          "description",
          "createdAt",
          "expiresAt",
          "maxTokenLifetime",
          "personal",
          "tokensNotBefore",
          "lastUsedAt");

  private AnchorEntryReader() {}

  static Anchor read(JsonNode entry) {
    Fields fields = Fields.of(entry, "a key", FIELDS);
    VerificationKey key = key(fields);
    Anchor anchor = Anchor.of(required("id", fields.uuid("id")), key);
    anchor.owner = Reach.parse(required("owner", fields.text("owner"))).text();
    anchor.ownerId = fields.uuid("ownerId").orElse(null);
    anchor.setScopes(KeyFields.scopes(fields).orElse(Scope.ALL_DATA));
    anchor.description = KeyFields.description(fields).orElse(null);
    anchor.createdAt =
        required("createdAt", fields.time("createdAt")).truncatedTo(ChronoUnit.MILLIS);
    anchor.expiresAt = seconds(fields, "expiresAt").orElse(null);
    anchor.maxTokenLifetime =
        KeyFields.maxTokenLifetime(fields).map(Duration::toSeconds).orElse(null);
    anchor.tokensNotBefore = seconds(fields, "tokensNotBefore").orElse(null);
    anchor.lastUsedAt = seconds(fields, "lastUsedAt").orElse(null);
    anchor.setPersonal(fields.value("personal").map(AnchorEntryReader::user));
    check(anchor, fields);
    return anchor;
  }

  private static VerificationKey key(Fields fields) {
    List<VerificationKey> keys =
        PublicKeys.parse(
            fields
                .value("publicKey")
                .filter(JsonNode::isTextual)
                .orElseThrow(() -> invalid("publicKey is the PEM text of a public key")));
    if (keys.size() != 1) {
      throw invalid("publicKey is one key");
    }
    return keys.get(0);
  }

  private static UserId user(JsonNode personal) {
    Fields fields = Fields.of(personal, "personal", List.of("issuer", "username"));
    UUID issuer = required("issuer", fields.uuid("issuer"));
    return new UserId(issuer, new Username(required("username", fields.text("username"))));
  }

  private static void check(Anchor anchor, Fields fields) {
    if (!fields.text("keyId").map(anchor.keyId::equals).orElse(false)
        || !fields.text("opstraceId").map(anchor.opstraceId::equals).orElse(false)) {
      throw invalid("keyId and opstraceId are those of publicKey");
    }
    boolean everyTenant = anchor.ownerReach().top().isEmpty();
    if (everyTenant != (anchor.ownerId == null)) {
      throw invalid("ownerId is the registration of the owner; the owner * has none");
    }
    if (anchor.personal().isPresent()) {
      if (everyTenant) {
        throw invalid("The owner of a personal key is its user's own tenant");
      }
      KeyFields.requireData(anchor.scopeSet());
    }
  }

  private static Optional<Instant> seconds(Fields fields, String field) {
    return fields.time(field).map(time -> time.truncatedTo(ChronoUnit.SECONDS));
  }

  private static <T> T required(String field, Optional<T> value) {
    return value.orElseThrow(() -> invalid(field + " is missing"));
  }
}
