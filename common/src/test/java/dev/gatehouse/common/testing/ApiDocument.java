package dev.gatehouse.common.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12. */
final class ApiDocument {

  private static final String NAME = "https://gatehouse.dev/openapi";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final JsonNode root;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private ApiDocument(JsonNode root) {
    this.root = root;
    this.registry =
        SchemaRegistry.withDefaultDialect(
            dialect(root),
            builder ->
                builder
                    .schemas(Map.of(NAME, root.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /** Reads a resource of the class path. */
  static ApiDocument read(String resource) {
    try (InputStream yaml = ApiDocument.class.getClassLoader().getResourceAsStream(resource)) {
      if (yaml == null) {
        throw new IllegalStateException("There is no " + resource);
      }
      return new ApiDocument(
          new YAMLMapper()
              .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
              .readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To the validator a document is a schema too, of which it should know the members. */
  private static Dialect dialect(JsonNode root) {
    Dialect.Builder dialect = Dialect.builder(Dialects.getDraft202012());
    root.fieldNames().forEachRemaining(it -> dialect.keyword(new NonValidationKeyword(it)));
    return dialect.build();
  }

  Place root() {
    return new Place("");
  }

  /** Reads a JSON text; empty if it is none. */
  static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(value -> !value.isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** What is wrong with a JSON text that should fit the schema at that place; empty if it fits. */
  String faults(Place schema, String text) {
    return json(text).map(value -> faults(schema, value)).orElse("it is not well-formed JSON");
  }

  String faults(Place schema, JsonNode value) {
    return schemas.computeIfAbsent(schema.pointer(), this::schema).validate(value).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private Schema schema(String pointer) {
    return registry.getSchema(SchemaLocation.of(NAME + "#" + pointer));
  }

  /**
   * A value of the document, and the JSON Pointer (RFC 6901) that leads there. There may be nothing
   * at a place.
   */
  final class Place {

    private final String pointer;

    private Place(String pointer) {
      this.pointer = pointer;
    }

    String pointer() {
      return pointer;
    }

    JsonNode value() {
      return root.at(JsonPointer.compile(pointer));
    }

    boolean isThere() {
      return !value().isMissingNode();
    }

    /** A member or an item, or what it refers to. */
    Place at(String name) {
      return below(name).followed();
    }

    /** A member or an item, itself. */
    Place below(String name) {
      return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /** The members of an object or the items of a list, without following references. */
    Stream<Place> children() {
      JsonNode value = value();
      return value.isArray()
          ? Stream.iterate(0, i -> i < value.size(), i -> i + 1).map(i -> below(i.toString()))
          : value.properties().stream().map(member -> below(member.getKey()));
    }

    /** This place, and everything within. */
    Stream<Place> all() {
      return Stream.concat(Stream.of(this), children().flatMap(Place::all));
    }

    Place followed() {
      JsonNode reference = value().path("$ref");
      return reference.isTextual() ? new Place(reference.textValue().substring(1)) : this;
    }

    String name() {
      return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }

    @Override
    public String toString() {
      return "#" + pointer;
    }
  }
}
