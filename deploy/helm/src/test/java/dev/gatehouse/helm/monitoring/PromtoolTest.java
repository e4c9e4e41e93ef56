package dev.gatehouse.helm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.helm.monitoring.Promtool.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, by the tool of those who made Prometheus. */
class PromtoolTest {

  @BeforeEach
  void need() {
    Promtool.need();
  }

  @Test
  void theRulesAreWhatPrometheusTakes() throws Exception {
    Result result = Promtool.run("check", "rules", Monitoring.RULES.toString());

    assertThat(result.exit()).as(result.said()).isZero();
    assertThat(result.said()).contains(Monitoring.rules().size() + " rules found");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void alertsFireWhenTheyShouldAndNotOtherwise(Path cases) throws Exception {
    Result result = Promtool.run("test", "rules", cases.toString());

    assertThat(result.exit()).as(result.said()).isZero();
  }

  static List<Path> cases() {
    return Monitoring.cases();
  }
}
