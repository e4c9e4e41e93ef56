package dev.gatehouse.key.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.key.material.PrivateKeyMaterial;
import dev.gatehouse.key.material.QuietJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that was sent, read without the framework's help: a private key may be in it, and
 * must not come near anything that could log or quote it.
 */
public final class Fields {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final JsonNode json;

  private Fields(JsonNode json) {
    this.json = json;
  }

  /**
   * Reads a body.
   *
   * @param what names the object in messages
   * @throws Invalid when it is no JSON object, has other fields, or anything in it is a private key
   */
  public static Fields of(@Nullable String body, String what, List<String> known) {
    String text = body == null ? "" : body;
    PrivateKeyMaterial.refuseIn(text);
    JsonNode json =
        QuietJson.parse(text)
            .filter(JsonNode::isObject)
            .orElseThrow(
                () -> new Invalid(ErrorCode.REQUEST_MALFORMED, "The body is not a JSON object"));
    PrivateKeyMaterial.refuseIn(json);
    return of(json, what, known);
  }

  /** Reads an object within a body that was looked through already. */
  public static Fields of(JsonNode json, String what, List<String> known) {
    if (!json.isObject()) {
      throw invalid(what + " is a JSON object");
    }
    json.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw invalid(
                    "The fields of "
                        + what
                        + " are "
                        + String.join(", ", known)
                        + "; there is another one");
              }
            });
    return new Fields(json);
  }

  /** Whether the field was sent, be it with {@code null}. */
  public boolean has(String field) {
    return json.has(field);
  }

  /** The value; a JSON {@code null} is none. */
  public Optional<JsonNode> value(String field) {
    JsonNode value = json.path(field);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  public Optional<String> text(String field) {
    Optional<JsonNode> value = value(field);
    if (value.isPresent() && !value.get().isTextual()) {
      throw invalid(field + " is a string");
    }
    return value.map(JsonNode::textValue);
  }

  /** One line of 1 to {@code max} characters. */
  public Optional<String> line(String field, int max) {
    Optional<String> text = text(field);
    text.ifPresent(it -> checkLine(field, it, max));
    return text;
  }

  /** A time of RFC 3339, at most in the year 9999. */
  public Optional<Instant> time(String field) {
    return text(field).map(text -> time(field, text));
  }

  /** A number of seconds from 1. */
  public Optional<Long> seconds(String field, long max) {
    Optional<JsonNode> value = value(field);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    JsonNode number = value.get();
    long seconds = number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : 0;
    if (seconds < 1 || seconds > max) {
      throw invalid(field + " is a number of seconds, 1 to " + max);
    }
    return Optional.of(seconds);
  }

  /** Whether it is {@code true}; absent it is not. */
  public boolean flag(String field) {
    Optional<JsonNode> value = value(field);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw invalid(field + " is true or false");
    }
    return value.map(JsonNode::booleanValue).orElse(false);
  }

  public Optional<UUID> uuid(String field) {
    return text(field).map(text -> uuid(field, text));
  }

  private static UUID uuid(String field, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw invalid(field + " is a UUID");
    }
  }

  private static void checkLine(String field, String text, int max) {
    if (text.isBlank() || text.length() > max) {
      throw invalid(field + " has 1 to " + max + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(field + " is one line, without control characters");
    }
    if (!isWellFormed(text)) {
      throw invalid(field + " has half a character of UTF-16");
    }
  }

  /** PostgreSQL stores no lone surrogates. */
  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static Instant time(String field, String text) {
    Instant time;
    try {
      time = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw invalid(field + " is a time of RFC 3339, such as 2030-01-31T12:00:00Z");
    }
    if (time.isAfter(LATEST)) {
      throw invalid(field + " is beyond the year 9999");
    }
    if (time.isBefore(Instant.EPOCH)) {
      throw invalid(field + " is before the year 1970");
    }
    return time;
  }

  public static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
