package dev.gatehouse.helm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.helm.Chart;
import dev.gatehouse.helm.Manifests;
import dev.gatehouse.helm.StrictModels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart's part of watching. */
class MonitoringTemplatesTest {

  private static final List<String> COMPONENTS =
      List.of("gateway", "tenant-service", "key-service");

  @Test
  void withoutBeingAskedForNothingOfItIsThere() {
    Manifests rendered = Chart.least().render();

    assertThat(rendered.of("ServiceMonitor")).isEmpty();
    assertThat(rendered.of("PrometheusRule")).isEmpty();
    assertThat(rendered.find("ConfigMap", Manifests.component("dashboard-operator"))).isEmpty();
  }

  @Test
  void eachServiceIsScrapedUnderTheJobThatTheRulesKnow() {
    Manifests rendered =
        Chart.least()
            .with(
                "{instance: '42', monitoring: {namespace: watchers, serviceMonitor: {enabled: true,"
                    + " interval: 15s, labels: {release: prometheus}}}}")
            .render();

    assertThat(rendered.of("ServiceMonitor")).hasSize(3);
    for (String component : COMPONENTS) {
      ObjectNode monitor = rendered.get("ServiceMonitor", Manifests.component(component));
      StrictModels.read(monitor);
      assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
      JsonNode endpoint = monitor.at("/spec/endpoints/0");
      assertThat(endpoint.path("port").asText()).isEqualTo("management");
      assertThat(endpoint.path("interval").asText()).isEqualTo("15s");
      assertThat(relabelled(endpoint))
          .containsExactly("job=gatehouse-" + component, "gatehouse_instance=42");
      assertThat(chosen(rendered, monitor))
          .containsExactly(Manifests.component(component) + "-management");
    }
  }

  @Test
  void theRulesAreThoseOfTheFile() {
    Manifests rendered =
        Chart.least().with("monitoring: {rules: {enabled: true, labels: {team: sre}}}").render();

    ObjectNode rules = rendered.of("PrometheusRule").get(0);
    StrictModels.read(rules);
    assertThat(rules.at("/metadata/labels/team").asText()).isEqualTo("sre");
    assertThat(rules.path("spec")).isEqualTo(Monitoring.yaml(Monitoring.RULES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://git.example.com/g/blob/main", "https://git.example.com/g/blob/main/"})
  void runbooksAreFoundWhereTheOperatorSaysTheyAre(String url) {
    Manifests rendered =
        Chart.least()
            .with("monitoring: {rules: {enabled: true, runbookUrl: '" + url + "'}}")
            .render();

    JsonNode groups = rendered.of("PrometheusRule").get(0).at("/spec/groups");
    assertThat(groups.findValuesAsText("runbook_url"))
        .hasSameSizeAs(Monitoring.alerts())
        .allMatch(
            it -> it.matches("https://git\\.example\\.com/g/blob/main/docs/runbooks/\\w+\\.md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"runbooks", "javascript:alert(1)", "https://a b", "https://a/\\n  - x"})
  void whatIsNoAddressOfRunbooksIsRefused(String url) {
    Chart chart =
        Chart.least().with("monitoring: {rules: {enabled: true, runbookUrl: \"" + url + "\"}}");

    assertThatThrownBy(chart::render).hasMessageContaining("runbookUrl");
  }

  @Test
  void dashboardsComeAsTheyAreWithTheLabelThatGrafanaLooksFor() throws Exception {
    Manifests rendered =
        Chart.least()
            .with("monitoring: {dashboards: {enabled: true, labels: {folder: gatehouse}}}")
            .render();

    for (Dashboard dashboard : Dashboard.all()) {
      String name = dashboard.file().replace(".json", "");
      ObjectNode map = rendered.get("ConfigMap", Manifests.component("dashboard-" + name));
      StrictModels.read(map);
      assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
      assertThat(map.at("/metadata/labels/folder").asText()).isEqualTo("gatehouse");
      JsonNode text = map.path("data").path(dashboard.file());
      assertThat(new ObjectMapper().readTree(text.asText())).isEqualTo(dashboard.json());
    }
  }

  private static Stream<String> relabelled(JsonNode endpoint) {
    return Manifests.each(endpoint.path("relabelings"))
        .map(it -> it.path("targetLabel").asText() + "=" + it.path("replacement").asText());
  }

  /** The Services that the monitor selects. */
  private static Stream<String> chosen(Manifests rendered, ObjectNode monitor) {
    JsonNode wanted = monitor.at("/spec/selector/matchLabels");
    return rendered.of("Service").stream()
        .filter(service -> has(service.at("/metadata/labels"), wanted))
        .map(Manifests::name);
  }

  private static boolean has(JsonNode labels, JsonNode wanted) {
    return wanted.propertyStream().allMatch(it -> it.getValue().equals(labels.get(it.getKey())));
  }
}
