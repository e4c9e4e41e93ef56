package dev.gatehouse.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Problem;
import dev.gatehouse.common.testing.ApiDocument.Place;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code openapi/gatehouse.yaml} promises to its readers. */
class ApiDocumentTest {

  /** What only the data plane answers, and the command of itself. */
  private static final Set<ErrorCode> NOT_OF_THE_CONTROL_PLANE =
      EnumSet.of(
          ErrorCode.INSTANCE_INVALID,
          ErrorCode.API_UNKNOWN,
          ErrorCode.OPERATION_UNKNOWN,
          ErrorCode.UPSTREAM_UNREACHABLE,
          ErrorCode.UPSTREAM_TIMEOUT,
          ErrorCode.TARGET_TOO_LONG,
          ErrorCode.HEADERS_TOO_LARGE,
          ErrorCode.TOKEN_EXPIRED_HELD);

  /** Answers to what is not described. */
  private static final Set<String> OFF_PATH =
      Set.of("RouteUnknown", "MethodNotAllowed", "HostUnknown");

  private final ApiDocument document = ApiDescription.get().document();
  private final List<ApiOperation> operations = ApiDescription.get().operations();

  @Test
  void everyReferenceLeadsSomewhere() {
    List<Place> references = places(place -> place.value().path("$ref").isTextual());

    assertThat(references).hasSizeGreaterThan(500);
    assertThat(references).allMatch(place -> place.followed().isThere());
  }

  @Test
  void nothingIsDescribedInVain() {
    Set<String> used =
        places(place -> place.value().path("$ref").isTextual()).stream()
            .map(place -> place.followed().toString())
            .collect(Collectors.toSet());

    assertThat(
            document
                .root()
                .at("components")
                .children()
                .filter(kind -> !kind.name().equals("securitySchemes"))
                .flatMap(Place::children)
                .filter(component -> !OFF_PATH.contains(component.name())))
        .allMatch(component -> used.contains(component.toString()));
  }

  @Test
  void operationIdsAreUnique() {
    assertThat(operations.stream().map(it -> it.place().value().path("operationId").asText()))
        .hasSizeGreaterThan(30)
        .doesNotContain("")
        .doesNotHaveDuplicates();
  }

  @Test
  void everyOperationSaysWhatItIs() {
    Set<String> tags =
        document
            .root()
            .at("tags")
            .children()
            .map(tag -> tag.at("name").value().asText())
            .collect(Collectors.toSet());

    assertThat(operations)
        .allSatisfy(
            operation -> {
              JsonNode told = operation.place().value();
              assertThat(told.path("summary").asText()).endsWith(".");
              assertThat(told.path("x-gatehouse-service").asText())
                  .isIn("tenants", "keys", "either", "gateway");
              assertThat(told.path("tags")).hasSize(1);
              assertThat(tags).contains(told.path("tags").path(0).asText());
            });
  }

  @Test
  void everyAnswerIsDescribedWithAnExample() {
    assertThat(operations.stream().flatMap(ApiDocumentTest::answers))
        .allSatisfy(
            answer -> {
              assertThat(answer.at("description").value().asText()).endsWith(".");
              assertThat(answer.at("content").isThere()).isEqualTo(!answer.name().equals("304"));
              assertThat(answer.at("content").children())
                  .allSatisfy(
                      media -> {
                        assertThat(media.below("schema").isThere()).isTrue();
                        assertThat(examplesOf(media)).isNotEmpty();
                      });
            });
  }

  @Test
  void everyExampleFitsItsSchema() {
    List<Place> described =
        places(place -> place.value().isObject() && place.value().has("schema"));

    assertThat(described.stream().flatMap(ApiDocumentTest::examplesOf)).hasSizeGreaterThan(150);
    assertThat(described)
        .allSatisfy(
            place ->
                assertThat(examplesOf(place))
                    .allSatisfy(
                        example ->
                            assertThat(document.faults(place.below("schema"), example.value()))
                                .as("%s", example)
                                .isEmpty()));
  }

  @Test
  void everyExampleOfASchemaFitsIt() {
    assertThat(schemas().filter(schema -> schema.value().has("examples")))
        .isNotEmpty()
        .allSatisfy(
            schema ->
                assertThat(schema.below("examples").children())
                    .allSatisfy(
                        example ->
                            assertThat(document.faults(schema, example.value()))
                                .as("%s", example)
                                .isEmpty()));
  }

  @Test
  void everyParameterHasAnExample() {
    assertThat(places(place -> place.value().has("in") && place.value().has("schema")))
        .isNotEmpty()
        .allMatch(parameter -> parameter.value().has("example"))
        .allMatch(parameter -> parameter.value().path("description").asText().endsWith("."));
  }

  @Test
  void everyVariableOfAPathIsAParameter() {
    assertThat(document.root().at("paths").children())
        .allSatisfy(
            path ->
                assertThat(
                        path.at("parameters")
                            .children()
                            .map(Place::followed)
                            .filter(it -> it.value().path("in").asText().equals("path"))
                            .map(it -> "{" + it.value().path("name").asText() + "}"))
                    .containsExactlyInAnyOrderElementsOf(variables(path.name())));
  }

  @Test
  void everyObjectSaysWhetherItIsClosed() {
    assertThat(schemas().filter(schema -> schema.value().has("properties")))
        .hasSizeGreaterThan(40)
        .allMatch(schema -> schema.value().has("additionalProperties"));
    assertThat(schemas().filter(schema -> schema.value().path("additionalProperties").asBoolean()))
        .extracting(Place::name)
        .containsExactlyInAnyOrder("Jwk", "JwkSet", "before", "after");
  }

  @Test
  void everyCodeOfTheControlPlaneHasItsExample() {
    assertThat(exampleCodes())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.copyOf(NOT_OF_THE_CONTROL_PLANE)).stream()
                .map(ErrorCode::code)
                .toList());
  }

  @Test
  void theExampleOfACodeIsWhatTheCodeSays() {
    assertThat(EnumSet.complementOf(EnumSet.copyOf(NOT_OF_THE_CONTROL_PLANE)))
        .allSatisfy(
            code -> {
              JsonNode told = problem(code.code()).at("value").value();
              assertThat(told.path("status").asInt()).isEqualTo(code.status());
              assertThat(told.path("title").asText()).isEqualTo(code.title());
              assertThat(told.path("type").asText()).endsWith("#" + code.code());
            });
  }

  @Test
  void theProblemsOfAnAnswerHaveItsStatus() {
    assertThat(operations.stream().flatMap(it -> it.place().at("responses").children()))
        .allSatisfy(
            answer ->
                assertThat(problemsOf(answer.followed()))
                    .allSatisfy(
                        example -> {
                          JsonNode told = example.followed().at("value").value();
                          assertThat(told.path("code").asText()).isEqualTo(example.name());
                          assertThat(told.path("status").asText()).isEqualTo(answer.name());
                        }));
  }

  private Place problem(String code) {
    return document.root().at("components").at("examples").at(code);
  }

  private List<String> exampleCodes() {
    return document
        .root()
        .at("components")
        .at("examples")
        .children()
        .filter(example -> example.value().path("value").has("requestId"))
        .filter(example -> example.value().path("value").has("title"))
        .map(Place::name)
        .toList();
  }

  private static Stream<Place> problemsOf(Place answer) {
    return answer.at("content").below(Problem.MEDIA_TYPE).at("examples").children();
  }

  private static Stream<Place> answers(ApiOperation operation) {
    return operation.place().at("responses").children().map(Place::followed);
  }

  private static Stream<Place> examplesOf(Place place) {
    Stream<Place> several =
        place.at("examples").children().map(Place::followed).map(it -> it.below("value"));
    return Stream.concat(Stream.of(place.below("example")).filter(Place::isThere), several);
  }

  private static List<String> variables(String path) {
    return Arrays.stream(path.split("/", -1)).filter(segment -> segment.startsWith("{")).toList();
  }

  private Stream<Place> schemas() {
    return document.root().at("components").at("schemas").all().filter(ApiDocumentTest::isSchema);
  }

  /** Not the examples, nor a member that happens to be called like a keyword. */
  private static boolean isSchema(Place place) {
    return place.value().isObject()
        && !place.pointer().contains("/examples/")
        && !place.name().equals("properties");
  }

  private List<Place> places(Predicate<Place> wanted) {
    return document.root().all().filter(wanted).toList();
  }
}
