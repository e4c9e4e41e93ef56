package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The key is rotated by a sequence of values. While a step is rolled out, pods of it and of the
 * step before call each other: what the one sends, the other has to accept.
 */
class RotationTest {

  private static final String OLD = "api-key-old";
  private static final String NEW = "api-key-new";

  @ParameterizedTest
  @CsvSource({
    "rotation-1, api-key-old, api-key-new",
    "rotation-2, api-key-new, api-key-old",
    "rotation-3, api-key-new, "
  })
  void eachStepSendsTheFirstKeyAndAcceptsBoth(String step, String sent, String accepted) {
    Keys keys = keys(Chart.file(step).render());

    assertThat(keys.sent()).isEqualTo(sent);
    assertThat(keys.accepted()).isEqualTo(Optional.ofNullable(accepted));
  }

  @Test
  void noCallIsRefusedWhileAStepIsRolledOut() {
    assertThat(refusedCalls(List.of(before(), step(1), step(2), step(3)))).isEmpty();
  }

  @Test
  void aStepThatIsLeftOutWouldRefuseCalls() {
    assertThat(refusedCalls(List.of(before(), step(2)))).isNotEmpty();
    assertThat(refusedCalls(List.of(step(1), step(3)))).isNotEmpty();
    assertThat(refusedCalls(List.of(before(), step(3)))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
  void eachStepRollsThePods(String component) {
    assertThat(
            Stream.of(before(), step(1), step(2), step(3))
                .map(it -> it.deployment(component).at("/spec/template").toString()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
  void raisingTheGenerationRollsPodsWhenASecretWasChangedInPlace(String component) {
    JsonNode one = Chart.least().render().deployment(component);
    JsonNode two = Chart.least().with("auth: {generation: 2}").render().deployment(component);

    assertThat(annotation(one)).isEqualTo("1");
    assertThat(annotation(two)).isEqualTo("2");
  }

  @Test
  void aSecretThatHasBothKeysIsEnough() {
    Manifests rendered = Chart.least().with("auth: {existingSecret: both}").render();

    JsonNode previous = previous(rendered.container("gateway"));

    assertThat(previous.path("name").asText()).isEqualTo("both");
    assertThat(previous.path("key").asText()).isEqualTo("AUTH_API_KEY_PREVIOUS");
    assertThat(previous.path("optional").asBoolean()).isTrue();
  }

  @Test
  void theOtherSecretOfARotationHasToBeThere() {
    JsonNode previous = previous(step(1).container("gateway"));

    assertThat(previous.path("key").asText()).isEqualTo("AUTH_API_KEY");
    assertThat(previous.path("optional").asBoolean()).isFalse();
  }

  /** The key that a pod sends, and the other one that it accepts; by the names of their Secrets. */
  private record Keys(String sent, Optional<String> accepted) {
    boolean accepts(String key) {
      return key.equals(sent) || accepted.filter(key::equals).isPresent();
    }
  }

  private static List<String> refusedCalls(List<Manifests> steps) {
    List<String> refused = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      Keys from = keys(steps.get(i - 1));
      Keys to = keys(steps.get(i));
      for (Keys caller : List.of(from, to)) {
        for (Keys called : List.of(from, to)) {
          if (!called.accepts(caller.sent())) {
            refused.add("In step " + i + " a call with " + caller.sent() + " to " + called);
          }
        }
      }
    }
    return refused;
  }

  /** Of all services, which have to agree. */
  private static Keys keys(Manifests rendered) {
    List<Keys> all =
        rendered.of("Deployment").stream()
            .map(it -> keys(it.at("/spec/template/spec/containers/0")))
            .distinct()
            .toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Keys keys(JsonNode container) {
    JsonNode current =
        Manifests.variable(container, "AUTH_API_KEY").at("/valueFrom/secretKeyRef/name");
    JsonNode previous = previous(container);
    // One that may be missing is not there: the Secrets of a rotation hold one key each.
    return new Keys(
        current.asText(),
        previous.path("optional").asBoolean()
            ? Optional.empty()
            : Optional.of(previous.path("name").asText()));
  }

  private static JsonNode previous(JsonNode container) {
    return Manifests.variable(container, "AUTH_API_KEY_PREVIOUS").at("/valueFrom/secretKeyRef");
  }

  private static Manifests before() {
    Manifests before = Chart.least().with("auth: {existingSecret: " + OLD + "}").render();
    assertThat(keys(before).accepts(NEW)).isFalse();
    return before;
  }

  private static Manifests step(int number) {
    return Chart.file("rotation-" + number).render();
  }

  private static String annotation(JsonNode deployment) {
    return deployment
        .at("/spec/template/metadata/annotations")
        .path("gatehouse.dev/auth-generation")
        .asText();
  }
}
