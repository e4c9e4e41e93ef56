package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an object names is there, or is what the operator brings. */
class ReferencesTest {

  /** Pods of the database come from its operator, not from here. */
  private static List<ObjectNode> policiesOfPods(Manifests rendered) {
    return rendered.of("NetworkPolicy").stream()
        .filter(policy -> !Manifests.name(policy).endsWith("-database"))
        .toList();
  }

  private static final String FILES = "dev.gatehouse.helm.Chart#valuesFiles";
  private static final String TENANTS = "Secret gatehouse-tenants-db";
  private static final String KEYS = "Secret gatehouse-keys-db";
  private static final String CA = "ConfigMap postgres-ca";
  private static final String TLS = "Secret gatehouse-tls";

  /** What the comment at the head of each values file asks for, and nothing else. */
  static Stream<Arguments> broughtByTheOperator() {
    return Stream.of(
        Arguments.of("smallest", Set.of(TENANTS, KEYS, CA, TLS)),
        Arguments.of("auth0", Set.of(TENANTS, KEYS, CA, TLS)),
        Arguments.of("production", Set.of(TENANTS, KEYS, "Secret gatehouse-api-key")),
        Arguments.of(
            "existing-mimir-loki",
            Set.of(
                TENANTS,
                KEYS,
                CA,
                "Secret gatehouse-tenants-owner",
                "Secret gatehouse-keys-owner",
                "Secret loki-basic-auth")),
        Arguments.of(
            "rotation-1",
            Set.of(TENANTS, KEYS, CA, TLS, "Secret api-key-old", "Secret api-key-new")));
  }

  @ParameterizedTest
  @MethodSource("broughtByTheOperator")
  void whatIsNamedIsThereOrIsBroughtByTheOperator(String file, Set<String> brought) {
    assertThat(new References(Chart.file(file).render()).missing())
        .containsExactlyInAnyOrderElementsOf(brought);
  }

  @Test
  void whatIsNamedAndMissingIsFound() {
    Manifests rendered = Chart.least().render();
    Manifests without =
        new Manifests(
            rendered.all().stream()
                .filter(object -> !object.path("kind").asText().equals("Service"))
                .toList());

    assertThat(new References(without).missing()).contains("Service gh-gatehouse-gateway");
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void selectorsChooseThePodsOfOneDeployment(String file) {
    Manifests rendered = Chart.file(file).render();
    List<JsonNode> selectors = new ArrayList<>();
    rendered.of("Service").forEach(it -> selectors.add(it.at("/spec/selector")));
    rendered.of("Deployment").forEach(it -> selectors.add(labels(it, "/spec/selector")));
    rendered.of("PodDisruptionBudget").forEach(it -> selectors.add(labels(it, "/spec/selector")));
    policiesOfPods(rendered).forEach(it -> selectors.add(labels(it, "/spec/podSelector")));
    for (ObjectNode deployment : rendered.of("Deployment")) {
      deployment
          .at("/spec/template/spec/topologySpreadConstraints")
          .forEach(it -> selectors.add(labels(it, "/labelSelector")));
    }

    assertThat(selectors)
        .hasSizeGreaterThan(12)
        .allSatisfy(selector -> assertThat(chosen(rendered, selector)).hasSize(1));
  }

  /** The operator labels its pods with the name of their Cluster. */
  @Test
  void thePolicyOfTheDatabaseChoosesTheInstancesOfTheCluster() {
    Manifests rendered = Chart.of("production").render();

    assertThat(
            rendered
                .get("NetworkPolicy", "gh-gatehouse-database")
                .at("/spec/podSelector/matchLabels/cnpg.io~1cluster")
                .asText())
        .isEqualTo(Manifests.name(rendered.of("Cluster").get(0)));
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void portsThatAreNamedAreThere(String file) {
    Manifests rendered = Chart.file(file).render();

    for (ObjectNode service : rendered.of("Service")) {
      JsonNode pod = chosen(rendered, service.at("/spec/selector")).get(0);
      assertThat(Manifests.each(service.at("/spec/ports")))
          .allSatisfy(
              port -> assertThat(portNames(pod)).contains(port.path("targetPort").asText()));
    }
    for (ObjectNode policy : policiesOfPods(rendered)) {
      JsonNode pod = chosen(rendered, labels(policy, "/spec/podSelector")).get(0);
      assertThat(Manifests.each(policy.at("/spec/ingress")))
          .flatMap(rule -> Manifests.each(rule.path("ports")).toList())
          .allSatisfy(port -> assertThat(portNames(pod)).contains(port.path("port").asText()));
    }
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void volumesThatAreMountedAreThere(String file) {
    Chart.file(file)
        .render()
        .pods()
        .forEach(
            pod ->
                assertThat(Manifests.each(pod.at("/spec/volumes")).map(it -> it.path("name")))
                    .doesNotHaveDuplicates()
                    .containsAll(
                        Manifests.containers(pod)
                            .flatMap(it -> Manifests.each(it.path("volumeMounts")))
                            .map(it -> it.path("name"))
                            .toList()));
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void everythingIsInTheNamespaceOfTheRelease(String file) {
    assertThat(Chart.file(file).render().all())
        .allSatisfy(
            it -> assertThat(it.at("/metadata/namespace").asText()).isEqualTo(Chart.NAMESPACE));
  }

  private static JsonNode labels(JsonNode object, String selector) {
    return object.at(selector + "/matchLabels");
  }

  private static List<ObjectNode> chosen(Manifests rendered, JsonNode selector) {
    assertThat(selector.isObject() && !selector.isEmpty()).isTrue();
    return rendered.of("Deployment").stream()
        .filter(
            it ->
                selector.properties().stream()
                    .allMatch(
                        label ->
                            it.at("/spec/template/metadata/labels")
                                .path(label.getKey())
                                .equals(label.getValue())))
        .toList();
  }

  private static List<String> portNames(JsonNode deployment) {
    return Manifests.each(deployment.at("/spec/template/spec/containers/0/ports"))
        .map(port -> port.path("name").asText())
        .toList();
  }
}
