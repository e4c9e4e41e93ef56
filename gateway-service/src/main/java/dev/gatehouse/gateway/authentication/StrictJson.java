package dev.gatehouse.gateway.authentication;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON objects of a token: strict UTF-8 without a byte order mark, unique names at every depth (RFC
 * 8725 §2.4 says why), bounded nesting, nothing after the object.
 */
final class StrictJson {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME = 512;
  private static final int MAX_NUMBER = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names come from anybody: they shall not fill tables that outlive the token.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(TokenParser.MAX_TOKEN)
                  .build())
          .build();

  /** Takes the value that the parser stands on: all of it and nothing more. */
  interface Member {
    void read(String name, JsonParser value) throws IOException;
  }

  private StrictJson() {}

  /** Reads a whole document, which must be an object. */
  static void read(byte[] utf8, Member member) throws IOException {
    CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    try (JsonParser json = JSON.createParser(text.array(), 0, text.remaining())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("Not a JSON object");
      }
      members(json, member);
      if (json.nextToken() != null) {
        throw new IOException("More than a JSON object");
      }
    }
  }

  /** Reads the members of the object that the parser stands on. */
  static void members(JsonParser json, Member member) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      member.read(name, json);
    }
  }

  /** The text of a string; empty for a value of any other type, which is skipped. */
  static Optional<String> string(JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_STRING) {
      return Optional.of(value.getText());
    }
    value.skipChildren();
    return Optional.empty();
  }

  /** A string, or an array of nothing but strings; empty for anything else, which is skipped. */
  static Optional<List<String>> strings(JsonParser value) throws IOException {
    if (value.currentToken() != JsonToken.START_ARRAY) {
      return string(value).map(List::of);
    }
    List<String> texts = new ArrayList<>();
    boolean onlyStrings = true;
    while (value.nextToken() != JsonToken.END_ARRAY) {
      if (value.currentToken() == JsonToken.VALUE_STRING) {
        texts.add(value.getText());
      } else {
        value.skipChildren();
        onlyStrings = false;
      }
    }
    return onlyStrings ? Optional.of(List.copyOf(texts)) : Optional.empty();
  }
}
