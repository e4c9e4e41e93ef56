package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to the gateway. */
class NetworkTest {

  private static final String GATEWAY = "gh-gatehouse-gateway";
  private static final String NGINX = "nginx.ingress.kubernetes.io/";

  @Nested
  class Ingress {

    @Test
    void isNotThereUnlessItIsAskedFor() {
      assertThat(Chart.of("production").render().of("Ingress")).isEmpty();
    }

    @Test
    void takesAllHostsOfTheDomainToTheHttpPort() {
      JsonNode spec = Chart.least().render().get("Ingress", GATEWAY).path("spec");

      assertThat(spec.path("ingressClassName").asText()).isEqualTo("nginx");
      assertThat(hosts(spec)).containsExactly("*.gatehouse.example.com");
      assertThat(spec.at("/tls/0/secretName").asText()).isEqualTo("gatehouse-tls");
      JsonNode path = spec.at("/rules/0/http/paths/0");
      assertThat(path.at("/backend/service/name").asText()).isEqualTo(GATEWAY);
      assertThat(path.at("/backend/service/port/name").asText()).isEqualTo("http");
      assertThat(path.path("pathType").asText()).isEqualTo("Prefix");
    }

    @Test
    void letsBodiesStreamAndWebSocketsBeSilentForAnHour() {
      JsonNode annotations = annotations(Chart.least());

      assertThat(annotations.path(NGINX + "proxy-body-size").asText()).isEqualTo("0");
      assertThat(annotations.path(NGINX + "proxy-request-buffering").asText()).isEqualTo("off");
      assertThat(annotations.path(NGINX + "proxy-read-timeout").asText()).isEqualTo("3600");
      assertThat(annotations.path(NGINX + "proxy-send-timeout").asText()).isEqualTo("3600");
    }

    @Test
    void hasTheAnnotationsAndTheClassThatOneWants() {
      Chart chart =
          Chart.least()
              .with("ingress: {className: haproxy, annotations: {a: b}, tls: {enabled: false}}");

      JsonNode spec = chart.render().get("Ingress", GATEWAY).path("spec");
      assertThat(annotations(chart).path("a").asText()).isEqualTo("b");
      assertThat(spec.path("ingressClassName").asText()).isEqualTo("haproxy");
      assertThat(spec.has("tls")).isFalse();
    }

    @Test
    void anAnnotationOfOnesOwnReplacesOurs() {
      Chart chart =
          Chart.least().with("ingress: {annotations: {" + NGINX + "proxy-body-size: 1g}}");

      assertThat(annotations(chart).path(NGINX + "proxy-body-size").asText()).isEqualTo("1g");
    }

    @Test
    void reachesHostsThatAWildcardDoesNot() {
      Chart chart =
          Chart.least()
              .with(
                  """
                  hostTemplate: '{tenant}.{api}.{domain}'
                  controlHosts: [admin.example.org, console.gatehouse.example.com]
                  ingress: {extraHosts: ['*.extra.example.org']}
                  """);

      assertThat(hosts(chart.render().get("Ingress", GATEWAY).path("spec")))
          .containsExactly(
              "*.gatehouse.example.com",
              "*.demo.gatehouse.example.com",
              "admin.example.org",
              "*.extra.example.org");
    }

    private static JsonNode annotations(Chart chart) {
      return chart.render().get("Ingress", GATEWAY).at("/metadata/annotations");
    }

    private static List<String> hosts(JsonNode spec) {
      return Manifests.each(spec.path("rules")).map(rule -> rule.path("host").asText()).toList();
    }
  }

  @Nested
  class HttpRoute {

    @Test
    void isNotThereUnlessItIsAskedFor() {
      assertThat(Chart.least().render().of("HTTPRoute")).isEmpty();
    }

    @Test
    void leadsFromTheGatewayApiToTheHttpPort() {
      JsonNode spec = Chart.of("production").render().get("HTTPRoute", GATEWAY).path("spec");

      assertThat(spec.at("/parentRefs/0/name").asText()).isEqualTo("public");
      assertThat(spec.at("/hostnames/0").asText()).isEqualTo("*.gatehouse.example.com");
      assertThat(spec.at("/rules/0/backendRefs/0/name").asText()).isEqualTo(GATEWAY);
      assertThat(spec.at("/rules/0/backendRefs/0/port").asInt()).isEqualTo(80);
      assertThat(spec.at("/rules/0/timeouts/request").asText()).isEqualTo("0s");
    }
  }

  @Nested
  class Certificate {

    @Test
    void isNotThereUnlessItIsAskedFor() {
      assertThat(Chart.least().render().of("Certificate")).isEmpty();
    }

    @Test
    void isForAllHostsAndIsWhatTheIngressServes() {
      Manifests rendered = Chart.of("existing-mimir-loki").render();

      JsonNode spec = rendered.get("Certificate", GATEWAY).path("spec");
      assertThat(spec.at("/dnsNames/0").asText()).isEqualTo("*.metrics.example.com");
      assertThat(spec.at("/issuerRef/name").asText()).isEqualTo("letsencrypt-dns");
      assertThat(rendered.get("Ingress", GATEWAY).at("/spec/tls/0/secretName"))
          .isEqualTo(spec.path("secretName"));
    }
  }

  @Nested
  class Policies {

    @Test
    void areThereUnlessTheyAreSwitchedOff() {
      assertThat(Chart.least().render().of("NetworkPolicy")).hasSize(3);
      assertThat(Chart.least().with("networkPolicy: {enabled: false}").render().of("NetworkPolicy"))
          .isEmpty();
    }

    @Test
    void letEverybodyToTheGateway() {
      JsonNode rules = policy(Chart.least(), "gateway").path("ingress");

      assertThat(rules).hasSize(1);
      assertThat(rules.at("/0/ports").findValuesAsText("port")).containsExactly("http");
      assertThat(rules.get(0).has("from")).isFalse();
    }

    @Test
    void letOnlyChosenSourcesToTheGateway() {
      JsonNode rules =
          policy(
                  Chart.least()
                      .with("networkPolicy: {gatewaySources: [{ipBlock: {cidr: 10.0.0.0/8}}]}"),
                  "gateway")
              .path("ingress");

      assertThat(rules.at("/0/from/0/ipBlock/cidr").asText()).isEqualTo("10.0.0.0/8");
    }

    @Test
    void letOnlyTheOtherPartsToTheServices() {
      assertThat(callers(Chart.least(), "tenant-service"))
          .containsExactly("gateway", "key-service");
      assertThat(callers(Chart.least(), "key-service")).containsExactly("gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant-service", "key-service"})
    void letSourcesThatAreNamedToTheServices(String component) {
      Chart chart =
          Chart.least()
              .with("networkPolicy: {serviceSources: [{podSelector: {matchLabels: {job: sync}}}]}");

      JsonNode from = policy(chart, component).at("/ingress/0/from");
      assertThat(from.get(from.size() - 1).at("/podSelector/matchLabels/job").asText())
          .isEqualTo("sync");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
    void letTheMonitoringNamespaceAloneToMetrics(String component) {
      assertThat(policy(Chart.least(), component).path("ingress")).hasSize(1);

      JsonNode rule =
          policy(Chart.least().with("monitoring: {namespace: watchers}"), component)
              .at("/ingress/1");
      assertThat(rule.path("ports").findValuesAsText("port")).containsExactly("management");
      assertThat(rule.path("from")).hasSize(1);
      assertThat(
              rule.at("/from/0/namespaceSelector/matchLabels")
                  .path("kubernetes.io/metadata.name")
                  .asText())
          .isEqualTo("watchers");
    }

    @Test
    void sayNothingAboutConnectionsFromPodsUnlessAsked() {
      assertThat(policy(Chart.least(), "gateway").path("policyTypes").toString())
          .isEqualTo("[\"Ingress\"]");
    }

    @Test
    void letPodsConnectToTheirOwnAndToWhatIsNamed() {
      Chart chart = Chart.of("production").with("networkPolicy: {egress: {enabled: true}}");

      assertThat(policy(chart, "gateway").path("egress")).hasSize(3);
      assertThat(policy(chart, "tenant-service").at("/egress/1/to/0/podSelector/matchLabels"))
          .hasToString("{\"cnpg.io/cluster\":\"gh-gatehouse-db\"}");
      assertThat(policy(chart, "key-service").path("egress")).hasSize(3);
      assertThat(policy(Chart.of("existing-mimir-loki"), "key-service").path("egress")).hasSize(4);
    }

    @Test
    void letTheServicesAndTheOperatorAloneToTheirDatabase() {
      JsonNode database = policy(Chart.of("production"), "database");

      assertThat(database.at("/podSelector/matchLabels"))
          .hasToString("{\"cnpg.io/cluster\":\"gh-gatehouse-db\"}");
      assertThat(database.at("/ingress/0/ports").findValuesAsText("port")).containsExactly("5432");
      assertThat(callers(Chart.of("production"), "database"))
          .containsExactly("tenant-service", "key-service");
      assertThat(database.at("/ingress/1/from"))
          .hasToString(
              "[{\"podSelector\":{\"matchLabels\":{\"cnpg.io/cluster\":\"gh-gatehouse-db\"}}}]");
      assertThat(database.at("/ingress/2").toString()).contains("8000", "cnpg-system");
      assertThat(database.path("ingress"))
          .allSatisfy(rule -> assertThat(rule.path("from")).isNotEmpty());
    }

    @Test
    void letSourcesThatAreNamedToTheDatabase() {
      JsonNode from =
          policy(
                  Chart.of("production")
                      .with(
                          "networkPolicy: {databaseSources: [{podSelector: {matchLabels: {job:"
                              + " dump}}}]}"),
                  "database")
              .at("/ingress/0/from");

      assertThat(from.get(2).at("/podSelector/matchLabels/job").asText()).isEqualTo("dump");
    }

    private static JsonNode policy(Chart chart, String component) {
      return chart.render().get("NetworkPolicy", Manifests.component(component)).path("spec");
    }

    private static List<String> callers(Chart chart, String component) {
      return policy(chart, component)
          .at("/ingress/0/from")
          .findValuesAsText("app.kubernetes.io/component");
    }
  }
}
