package dev.gatehouse.helm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.helm.monitoring.Dashboard.Panel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardsTest {

  /** Of Grafana 12; older ones ignore what they do not know. */
  private static final int SCHEMA = 41;

  @Test
  void thereIsOneForEachAudience() {
    assertThat(dashboards())
        .extracting(Dashboard::file)
        .containsExactly("operator.json", "tenant.json");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDashboardIsNotTiedToADataSourceNorInTheWayOfAnother(Dashboard dashboard) {
    JsonNode json = dashboard.json();

    assertThat(json.path("schemaVersion").asInt()).isEqualTo(SCHEMA);
    assertThat(json.path("title").asText()).isNotBlank();
    assertThat(json.path("id").isNull()).isTrue();
    assertThat(json.has("uid")).as("Grafana gives it one").isFalse();
    assertThat(dashboard.variables()).startsWith("datasource", "gatehouse");
    assertThat(json.findValues("datasource"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.path("uid").asText()).isEqualTo("${datasource}"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelHasATitleAUnitADescriptionAQueryAndAnIdOfItsOwn(Dashboard dashboard) {
    List<Integer> ids = new ArrayList<>();
    dashboard.json().path("panels").forEach(panel -> ids.add(panel.path("id").asInt()));

    assertThat(ids).doesNotHaveDuplicates().doesNotContain(0);
    assertThat(dashboard.panels()).extracting(Panel::title).doesNotHaveDuplicates();
    assertThat(dashboard.panels())
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              JsonNode json = panel.json();
              assertThat(panel.title()).isNotBlank();
              assertThat(json.path("description").asText()).isNotBlank();
              assertThat(json.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
              assertThat(panel.queries()).isNotEmpty().allMatch(query -> !query.isBlank());
            });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void noPanelLiesOnAnother(Dashboard dashboard) {
    boolean[][] taken = new boolean[500][24];
    for (JsonNode panel : dashboard.json().path("panels")) {
      JsonNode at = panel.path("gridPos");
      for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
        for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
          assertThat(taken[y][x]).as("%s at %s", panel.path("title"), at).isFalse();
          taken[y][x] = true;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyQueryNamesTheInstanceAndOnlyVariablesThatThereAre(Dashboard dashboard) {
    List<String> expressions = dashboard.json().findValuesAsText("expr");

    assertThat(expressions)
        .allSatisfy(
            query -> {
              assertThat(query).contains("gatehouse_instance=\"$gatehouse\"");
              assertThat(Panel.filled(query)).doesNotContain("$");
            });
  }

  @Test
  void theTenantsDashboardShowsNothingOfOthers() {
    Dashboard tenant = dashboards().get(1);

    assertThat(tenant.panels())
        .flatExtracting(Panel::queries)
        .flatExtracting(Selector::of)
        .isNotEmpty()
        .allSatisfy(selector -> assertThat(selector.labels()).contains("tenant"));
  }

  @Test
  void promtoolReadsEveryQuery(@TempDir Path directory) throws Exception {
    Promtool.need();
    StringBuilder rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
    int count = 0;
    for (Dashboard dashboard : dashboards()) {
      for (Panel panel : dashboard.panels()) {
        for (String query : panel.queries()) {
          rules.append("      - record: query:").append(count++).append('\n');
          rules.append("        expr: '").append(query.replace("'", "''")).append("'\n");
        }
      }
    }
    Path file = Files.writeString(directory.resolve("queries.yaml"), rules);

    Promtool.Result result = Promtool.run("check", "rules", file.toString());

    assertThat(result.exit()).as(result.said()).isZero();
    assertThat(result.said()).contains(count + " rules found");
  }

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }
}
