package dev.gatehouse.helm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No rule and no graph speaks of a metric that no service exports: it would be silent for good. */
class QueriesTest {

  private static final Exported EXPORTED = new Exported();

  @ParameterizedTest
  @MethodSource("rules")
  void everyMetricAndLabelOfARuleIsExported(Monitoring.Rule rule) {
    assertThat(EXPORTED.wrong(rule.expr())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("panels")
  void everyMetricAndLabelOfAPanelIsExported(Dashboard.Panel panel) {
    assertThat(panel.queries()).allSatisfy(query -> assertThat(EXPORTED.wrong(query)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "gatehouse_made_up_total ! gatehouse_made_up_total is not exported by",
        "gatehouse_ready{colour=\"red\"} ! gatehouse_ready has no label colour",
        "gatehouse_ready{job=\"gatehouse-key-service\"} ! gatehouse_ready is not exported by",
        "gatehouse_database_up{job=~\"gatehouse-.+\"} ! gatehouse_database_up is not exported by",
        "sum by (colour) (gatehouse_ready) ! no metric has the label colour",
        "gatehouse:made_up:rate5m ! gatehouse:made_up:rate5m is not exported by"
      })
  void whatIsNotExportedIsNoticed(String query, String complaint) {
    assertThat(EXPORTED.wrong(query)).anyMatch(it -> it.startsWith(complaint));
  }

  @Test
  void whatThereIsIsNotComplainedOf() {
    assertThat(EXPORTED.wrong("sum by (gatehouse_instance) (up{job=\"gatehouse-gateway\"})"))
        .isEmpty();
  }

  static List<Monitoring.Rule> rules() {
    return Monitoring.rules();
  }

  static List<Dashboard.Panel> panels() {
    return Dashboard.all().stream().flatMap(dashboard -> dashboard.panels().stream()).toList();
  }
}
