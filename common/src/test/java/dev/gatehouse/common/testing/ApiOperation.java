package dev.gatehouse.common.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.error.Problem;
import dev.gatehouse.common.testing.ApiDocument.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One method of one path, as it is described. */
final class ApiOperation {

  private static final String GATEWAY = "gateway";

  private final ApiDocument document;
  private final Place path;
  private final Place operation;
  private final List<String> template;

  private ApiOperation(ApiDocument document, Place path, Place operation) {
    this.document = document;
    this.path = path;
    this.operation = operation;
    this.template = segments(path.name());
  }

  static List<ApiOperation> allOf(ApiDocument document) {
    List<ApiOperation> operations = new ArrayList<>();
    document
        .root()
        .at("paths")
        .children()
        .forEach(
            path ->
                path.children()
                    .filter(place -> place.value().has("responses"))
                    .forEach(place -> operations.add(new ApiOperation(document, path, place))));
    return List.copyOf(operations);
  }

  Place place() {
    return operation;
  }

  /** Whether a request for this path, still percent-encoded, is one of this operation. */
  boolean isMeantBy(String method, String requested) {
    String described = operation.name().toUpperCase(Locale.ROOT);
    if (!described.equals(method) && !(described.equals("GET") && method.equals("HEAD"))) {
      return false;
    }
    List<String> asked = segments(requested);
    if (asked.size() != template.size()) {
      return false;
    }
    for (int i = 0; i < asked.size(); i++) {
      boolean variable = template.get(i).startsWith("{") && !asked.get(i).isEmpty();
      if (!variable && !template.get(i).equals(asked.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the answer is one that the gateway puts together from those of both services. */
  boolean isTheGatewaysOwn() {
    return operation.value().path("x-gatehouse-service").asText().equals(GATEWAY);
  }

  void checkAnswer(int status, @Nullable String contentType, String body, boolean hasBody) {
    Place response = operation.at("responses").at(Integer.toString(status));
    require(response.isThere(), "the status " + status + " is not described");
    Place content = response.at("content");
    if (!hasBody) {
      return;
    }
    if (!content.isThere()) {
      require(body.isEmpty(), "the answer " + status + " has no body in the description");
      return;
    }
    String type = mediaType(contentType);
    require(
        content.below(type).isThere(),
        "the answer " + status + " is " + type + ", and is described as " + names(content));
    Place media = content.below(type);
    checkFits(media, body, "the answer " + status);
    if (type.equals(Problem.MEDIA_TYPE)) {
      checkCode(media, status, body);
    }
  }

  /** Headers that are required with this status. */
  void checkHeaders(int status, Collection<String> sent) {
    Set<String> present =
        sent.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    operation
        .at("responses")
        .at(Integer.toString(status))
        .at("headers")
        .children()
        .filter(header -> header.followed().value().path("required").asBoolean())
        .forEach(
            header ->
                require(
                    present.contains(header.name().toLowerCase(Locale.ROOT)),
                    "the answer " + status + " lacks the header " + header.name()));
  }

  /** A request that was accepted. */
  void checkRequest(Collection<String> queryParameters, @Nullable String contentType, String body) {
    Set<String> known =
        Stream.of(path, operation)
            .flatMap(place -> place.at("parameters").children())
            .map(Place::followed)
            .filter(parameter -> parameter.value().path("in").asText().equals("query"))
            .map(parameter -> parameter.value().path("name").asText())
            .collect(Collectors.toSet());
    queryParameters.forEach(
        name -> require(known.contains(name), "the query parameter " + name + " is not described"));
    Place content = operation.at("requestBody").at("content");
    boolean optional = !operation.at("requestBody").value().path("required").asBoolean();
    if (content.isThere() && !(optional && body.isEmpty())) {
      String type = mediaType(contentType);
      require(
          content.below(type).isThere(),
          "a body of " + type + " was accepted, and is described as " + names(content));
      checkFits(content.below(type), isPatch() ? body : meant(body), "the body that was accepted");
    }
  }

  private boolean isPatch() {
    return operation.name().equals("patch");
  }

  /** Where there is nothing to take away, a member that is null is as good as absent. */
  private static String meant(String body) {
    Optional<JsonNode> json = ApiDocument.json(body);
    json.ifPresent(ApiOperation::dropNulls);
    return json.map(JsonNode::toString).orElse(body);
  }

  private static void dropNulls(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.properties().removeIf(member -> member.getValue().isNull());
    }
    json.forEach(ApiOperation::dropNulls);
  }

  private void checkFits(Place media, String body, String what) {
    if (media.name().endsWith("json")) {
      String faults = document.faults(media.below("schema"), body);
      require(faults.isEmpty(), what + " does not fit its schema: " + faults + "\n" + body);
    }
  }

  private void checkCode(Place media, int status, String body) {
    List<String> codes = media.at("examples").children().map(Place::name).toList();
    String code = ApiDocument.json(body).map(it -> it.path("code").asText()).orElse("");
    require(
        codes.contains(code),
        "the answer " + status + " has the code " + code + ", and those described are " + codes);
  }

  private static String names(Place place) {
    return place.children().map(Place::name).collect(Collectors.joining(" or "));
  }

  private static String mediaType(@Nullable String contentType) {
    return contentType == null
        ? "nothing"
        : contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(this + ": " + otherwise);
    }
  }

  @Override
  public String toString() {
    return operation.name().toUpperCase(Locale.ROOT) + " " + path.name();
  }
}
