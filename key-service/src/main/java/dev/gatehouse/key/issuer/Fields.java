package dev.gatehouse.key.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.key.material.QuietJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON body, each of the one type that it may have. */
final class Fields {

  private Fields() {}

  /** The object that is the body, with no other fields than these. */
  static JsonNode object(@Nullable String body, Set<String> known) {
    JsonNode json =
        QuietJson.parse(body == null ? "" : body)
            .filter(JsonNode::isObject)
            .orElseThrow(
                () -> new Invalid(ErrorCode.REQUEST_MALFORMED, "The body is not a JSON object"));
    json.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw invalid(
                    "There is a field besides " + String.join(", ", new TreeSet<>(known)));
              }
            });
    return json;
  }

  static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(field + " is a string");
    }
    return Optional.of(value.textValue());
  }

  static Optional<List<String>> list(JsonNode json, String field, int most) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isArray() || value.size() > most) {
      throw invalid(field + " is a list of at most " + most + " strings");
    }
    List<String> texts = new ArrayList<>(value.size());
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw invalid(field + " is a list of at most " + most + " strings");
      }
      texts.add(item.textValue());
    }
    return Optional.of(texts);
  }

  /** ASCII without blanks at all; the empty text is. */
  static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
