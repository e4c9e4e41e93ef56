package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Metrics and health are never on an Ingress, an HTTPRoute or a public Service, whatever is set.
 */
class ManagementPortTest {

  private static final List<List<String>> TOGGLES =
      List.of(
          List.of(
              "ingress: {enabled: false}",
              "ingress: {enabled: true, extraHosts: [metrics.example.com]}",
              "{ingress: {enabled: false}, httpRoute: {enabled: true, parentRefs: [{name: a}]}}"),
          List.of(
              "gateway: {service: {type: ClusterIP}}",
              "gateway: {service: {type: NodePort}}",
              "gateway: {service: {type: LoadBalancer, port: 8082}}"),
          List.of("{}", "gateway: {tls: {enabled: true, secretName: own}}"),
          List.of(
              "{}",
              "{hostTemplate: '{tenant}.{api}.{domain}', certificate: {enabled: true, issuerRef: {name: a}}}"),
          List.of("{}", "networkPolicy: {enabled: false}", "monitoring: {namespace: watchers}"));

  @Test
  void noCombinationOfValuesLeadsToTheManagementPort() {
    List<List<String>> combinations = product(TOGGLES);

    assertThat(combinations)
        .hasSize(3 * 3 * 2 * 2 * 3)
        .allSatisfy(
            values -> {
              Chart chart = Chart.least();
              for (String each : values) {
                chart = chart.with(each);
              }
              nobodyOutsideReachesManagement(chart.render());
            });
  }

  @Test
  void whatWouldLeadThereIsFound() {
    Manifests rendered = Chart.least().render();
    ObjectNode service = rendered.get("Service", "gh-gatehouse-gateway");
    ((ObjectNode) service.at("/spec/ports/0")).put("targetPort", "management");

    assertThatThrownBy(() -> nobodyOutsideReachesManagement(rendered))
        .isInstanceOf(AssertionError.class);
  }

  private static void nobodyOutsideReachesManagement(Manifests rendered) {
    for (ObjectNode service : rendered.of("Service")) {
      boolean internal = Manifests.name(service).endsWith("-management");
      assertThat(
              Manifests.each(service.at("/spec/ports")).map(it -> it.path("targetPort").asText()))
          .allMatch(port -> internal ? port.equals("management") : port.matches("https?"));
      if (internal) {
        assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
        assertThat(service.at("/spec/type").asText()).isEqualTo("ClusterIP");
      }
    }
    for (ObjectNode ingress : rendered.of("Ingress")) {
      assertThat(ingress.findValues("service"))
          .isNotEmpty()
          .allSatisfy(backend -> leadsToHttp(rendered, backend, "name", "http"));
      assertThat(ingress.at("/spec/defaultBackend").isMissingNode()).isTrue();
    }
    for (ObjectNode route : rendered.of("HTTPRoute")) {
      assertThat(route.findValues("backendRefs"))
          .isNotEmpty()
          .allSatisfy(
              refs -> {
                assertThat(refs).hasSize(1);
                JsonNode port = port(rendered, refs.get(0), refs.get(0).path("port"));
                assertThat(port.path("targetPort").asText()).isEqualTo("http");
              });
    }
    for (ObjectNode policy : rendered.of("NetworkPolicy")) {
      for (JsonNode rule : policy.at("/spec/ingress")) {
        boolean management = rule.at("/ports/0/port").asText().equals("management");
        if (management) {
          assertThat(rule.path("ports")).hasSize(1);
          assertThat(rule.at("/from/0/namespaceSelector/matchLabels")).isNotEmpty();
        } else {
          assertThat(rule.path("ports").toString()).doesNotContain("management", "8082");
        }
      }
    }
  }

  private static void leadsToHttp(Manifests rendered, JsonNode backend, String by, String name) {
    assertThat(backend.at("/port/" + by).asText()).isEqualTo(name);
    ObjectNode service = rendered.get("Service", backend.path("name").asText());
    assertThat(Manifests.each(service.at("/spec/ports")))
        .anyMatch(
            port ->
                port.path("name").asText().equals(name)
                    && port.path("targetPort").asText().equals("http"));
  }

  private static JsonNode port(Manifests rendered, JsonNode backend, JsonNode number) {
    ObjectNode service = rendered.get("Service", backend.path("name").asText());
    return Manifests.each(service.at("/spec/ports"))
        .filter(port -> port.path("port").equals(number))
        .findFirst()
        .orElseThrow();
  }

  private static List<List<String>> product(List<List<String>> toggles) {
    List<List<String>> all = List.of(List.of());
    for (List<String> choices : toggles) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> beginning : all) {
        for (String choice : choices) {
          List<String> more = new ArrayList<>(beginning);
          more.add(choice);
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }
}
