package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  /** The most that Helm allows. */
  private static final String LONGEST = "a-release-with-the-longest-name-that-helm-would-take0";

  @ParameterizedTest
  @ValueSource(strings = {"gh", "gatehouse", "my-gatehouse", "1st", "team.one", LONGEST})
  void namesAndLabelsAreValidWhateverTheReleaseIsCalled(String release) {
    for (String file : List.of("smallest", "production", "existing-mimir-loki")) {
      Manifests rendered = Chart.of(file).as(release).render();

      assertThat(rendered.names()).doesNotHaveDuplicates();
      for (ObjectNode object : rendered.all()) {
        assertThat(Manifests.name(object)).hasSizeLessThanOrEqualTo(63);
        // What Services must be called like, and what suits everything else.
        assertThat(Manifests.name(object)).matches("[a-z]([-a-z0-9]*[a-z0-9])?");
        assertThat(object.at("/metadata/labels").properties())
            .isNotEmpty()
            .allSatisfy(
                label ->
                    assertThat(label.getValue().asText())
                        .matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"));
      }
    }
  }

  @Test
  void releasesThatBeginAlikeDoNotShareANameAfterItWasCut() {
    String other = LONGEST.substring(0, LONGEST.length() - 1) + "1";

    assertThat(services(LONGEST)).doesNotContainAnyElementsOf(services(other));
  }

  @Test
  void aReleaseThatIsCalledGatehouseIsNotCalledSoTwice() {
    assertThat(services("gatehouse")).contains("gatehouse-gateway");
    assertThat(services("gh")).contains("gh-gatehouse-gateway");
  }

  @Test
  void namesCanBeChosen() {
    Manifests rendered = Chart.least().with("fullnameOverride: edge").render();

    assertThat(rendered.find("Service", "edge-gateway")).isPresent();
    assertThat(
            rendered.get("ConfigMap", "edge-gateway").at("/data/application.properties").asText())
        .contains("http://edge-tenant-service:8081");
  }

  @Test
  void everyObjectSaysWhatItBelongsTo() {
    for (ObjectNode object : Chart.of("production").render().all()) {
      JsonNode labels = object.at("/metadata/labels");

      assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo("gatehouse");
      assertThat(labels.path("app.kubernetes.io/instance").asText()).isEqualTo("gh");
      assertThat(labels.path("app.kubernetes.io/component").asText()).isNotEmpty();
      assertThat(labels.path("app.kubernetes.io/managed-by").asText()).isEqualTo("Helm");
      assertThat(labels.path("helm.sh/chart").asText()).startsWith("gatehouse-");
    }
  }

  private static Set<String> services(String release) {
    Set<String> names = new TreeSet<>();
    Chart.least().as(release).render().of("Service").forEach(it -> names.add(Manifests.name(it)));
    return names;
  }
}
