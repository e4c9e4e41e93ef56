package dev.gatehouse.helm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.helm.monitoring.Monitoring.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody gets to see who is woken up. */
class AlertsTest {

  private static final List<String> SECTIONS =
      List.of("**Who feels it:**", "## First look", "## Causes", "## Over when");

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertSaysHowBadItIsWhatItIsAndWhereToReadOn(Rule alert) {
    assertThat(alert.name()).matches("Gatehouse[A-Z][A-Za-z]+");
    assertThat(alert.severity()).isIn("critical", "warning", "info");
    assertThat(alert.annotations().path("summary").asText()).isNotBlank().doesNotEndWith(".");
    assertThat(alert.annotations().path("description").asText()).isNotBlank().endsWith(".");
    assertThat(alert.annotations().path("runbook_url").asText())
        .isEqualTo("docs/runbooks/" + alert.name() + ".md");
    assertThat(alert.annotations()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void aRunbookTellsWhoFeelsItWhereToLookAndWhenItIsOver(Rule alert) {
    String runbook = Monitoring.text(Monitoring.RUNBOOKS.resolve(alert.name() + ".md"));

    assertThat(runbook).startsWith("# " + alert.name() + "\n").containsSubsequence(SECTIONS);
    assertThat(runbook.lines().filter(line -> line.startsWith("Severity: ")).findFirst())
        .as("the severities of the rules")
        .contains("Severity: " + severities(alert.name()) + ".");
  }

  @Test
  void everyRunbookIsThatOfAnAlertAndIsListed() {
    String index = Monitoring.text(Monitoring.RUNBOOKS.resolve("README.md"));
    Set<String> pages =
        Monitoring.list(Monitoring.RUNBOOKS, ".md").stream()
            .map(page -> page.getFileName().toString().replace(".md", ""))
            .filter(page -> !page.equals("README"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(pages).isEqualTo(names());
    assertThat(pages).allSatisfy(p -> assertThat(index).contains("[" + p + "](" + p + ".md)"));
  }

  @Test
  void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() {
    assertThat(tested(true)).as("fires").isEqualTo(severalNames());
    assertThat(tested(false)).as("does not").isEqualTo(names());
  }

  @Test
  void recordedSeriesAreNamedByWhatTheyKeep() {
    assertThat(Monitoring.rules().stream().filter(rule -> !rule.isAlert()))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.name()).matches("[a-z]+:[a-z_]+:[a-z_]+[0-9]+[mhd]"));
  }

  static List<Rule> alerts() {
    return Monitoring.alerts();
  }

  private static String severities(String name) {
    return alerts().stream()
        .filter(it -> it.name().equals(name))
        .map(Rule::severity)
        .collect(Collectors.joining(", "));
  }

  private static Set<String> names() {
    return alerts().stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** An alert of two severities has to fire with each. */
  private static Set<String> severalNames() {
    return alerts().stream().map(Rule::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> tested(boolean firing) {
    Set<String> tested = new TreeSet<>();
    for (Path file : Monitoring.cases()) {
      for (JsonNode test : Monitoring.yaml(file).path("tests")) {
        for (JsonNode alert : test.path("alert_rule_test")) {
          String name = alert.path("alertname").asText();
          assertThat(test.path("name").asText()).startsWith(name + " ");
          if (firing) {
            alert
                .path("exp_alerts")
                .forEach(
                    it ->
                        tested.add(
                            name + " (" + it.path("exp_labels").path("severity").asText() + ")"));
          } else if (alert.path("exp_alerts").isEmpty()) {
            tested.add(name);
          }
        }
      }
    }
    return tested;
  }
}
