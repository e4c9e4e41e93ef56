package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Service, autoscaler, disruption budgets, catalogs, apis. */
class GatewayObjectsTest {

  private static final String GATEWAY = "gh-gatehouse-gateway";

  @Nested
  class Service {

    @Test
    void isInsideTheClusterUnlessSaidOtherwise() {
      JsonNode spec = Chart.least().render().get("Service", GATEWAY).path("spec");

      assertThat(spec.path("type").asText()).isEqualTo("ClusterIP");
      assertThat(spec.path("ports")).hasSize(1);
      assertThat(spec.at("/ports/0/port").asInt()).isEqualTo(80);
      assertThat(spec.has("externalTrafficPolicy")).isFalse();
    }

    @Test
    void canBeABalancerThatKeepsTheAddressOfClients() {
      JsonNode service =
          Chart.least()
              .with(
                  """
                  gateway:
                    service: {type: LoadBalancer, port: 8000, appProtocol: kubernetes.io/h2c, annotations: {a: b}}
                    tls: {enabled: true, secretName: own}
                  """)
              .render()
              .get("Service", GATEWAY);

      assertThat(service.at("/spec/type").asText()).isEqualTo("LoadBalancer");
      assertThat(service.at("/spec/externalTrafficPolicy").asText()).isEqualTo("Local");
      assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(8000);
      assertThat(service.at("/spec/ports/0/appProtocol").asText()).isEqualTo("kubernetes.io/h2c");
      assertThat(service.at("/spec/ports/1/targetPort").asText()).isEqualTo("https");
      assertThat(service.at("/metadata/annotations/a").asText()).isEqualTo("b");
    }
  }

  @Nested
  class Autoscaler {

    @Test
    void isNotThereUnlessItIsAskedFor() {
      assertThat(Chart.least().render().of("HorizontalPodAutoscaler")).isEmpty();
    }

    @Test
    void looksAtCpuAndAtRequestsUnderWay() {
      JsonNode spec =
          Chart.of("production").render().get("HorizontalPodAutoscaler", GATEWAY).path("spec");

      assertThat(spec.at("/scaleTargetRef/name").asText()).isEqualTo(GATEWAY);
      assertThat(spec.at("/metrics/0/resource/target/averageUtilization").asInt()).isEqualTo(60);
      assertThat(spec.at("/metrics/1/pods/metric/name").asText())
          .isEqualTo("gatehouse_inflight_requests");
      assertThat(spec.at("/metrics/1/pods/target/averageValue").asText()).isEqualTo("500");
      assertThat(spec.at("/behavior/scaleDown/stabilizationWindowSeconds").asInt()).isEqualTo(600);
    }

    @Test
    void needsNoCustomMetrics() {
      JsonNode spec =
          Chart.least()
              .with("gateway: {autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 2}}")
              .render()
              .get("HorizontalPodAutoscaler", GATEWAY)
              .path("spec");

      assertThat(spec.path("metrics")).hasSize(1);
      assertThat(spec.path("minReplicas").asInt()).isEqualTo(2);
    }
  }

  @Nested
  class DisruptionBudget {

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
    void takesOnePodAtATime(String component) {
      JsonNode spec =
          Chart.of("production")
              .render()
              .get("PodDisruptionBudget", Manifests.component(component))
              .path("spec");

      assertThat(spec.path("maxUnavailable").asInt()).isEqualTo(1);
      assertThat(spec.path("unhealthyPodEvictionPolicy").asText()).isEqualTo("AlwaysAllow");
    }

    @Test
    void isNotThereWhereThereIsOnePodOnly() {
      assertThat(Chart.least().render().of("PodDisruptionBudget")).isEmpty();
    }
  }

  @Nested
  class Apis {

    @Test
    void becomeConfiguration() {
      assertThat(Chart.of("production").render().properties("gateway"))
          .contains(
              "gatehouse.apis.mimir.catalog=mimir",
              "gatehouse.apis.mimir.upstream=http://mimir-query-frontend.mimir:8080",
              "gatehouse.apis.mimir.upstreams.push=http://mimir-distributor.mimir:8080")
          .noneMatch(line -> line.endsWith("="));
    }

    @Test
    void mayHaveSeveralServersAndNone() {
      assertThat(
              Chart.least()
                  .with("apis: {demo: {upstream: [http://a, http://b], upstreams: {write: none}}}")
                  .render()
                  .properties("gateway"))
          .contains(
              "gatehouse.apis.demo.upstream=http://a,http://b",
              "gatehouse.apis.demo.upstreams.write=none");
    }

    @Test
    void mayHaveACatalogOfTheirOwn() {
      Manifests rendered = Chart.of("existing-mimir-loki").render();
      String text =
          rendered.get("ConfigMap", "gh-gatehouse-catalogs").at("/data/orders.yaml").asText();

      assertThat(Yaml.object(text).path("catalog").asText()).isEqualTo("orders");
      assertThat(rendered.properties("gateway"))
          .contains("gatehouse.apis.orders.catalog=/etc/gatehouse/catalogs/orders.yaml");
      assertThat(rendered.container("gateway").path("volumeMounts").findValuesAsText("mountPath"))
          .contains("/etc/gatehouse/catalogs");
    }

    @Test
    void needNoConfigMapOfCatalogs() {
      assertThat(Chart.least().render().find("ConfigMap", "gh-gatehouse-catalogs")).isEmpty();
    }
  }
}
