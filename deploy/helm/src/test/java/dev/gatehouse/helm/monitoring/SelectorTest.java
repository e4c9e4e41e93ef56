package dev.gatehouse.helm.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectorTest {

  @Test
  void metricsAreFoundWithTheirLabelsAndFunctionsAreNotMetrics() {
    String expression =
        "histogram_quantile(0.99, sum by (le, api) (rate(a_bucket{job=\"x\", b=~\"y|}\"}[5m])))"
            + " / on (c) group_left () max(d:e:f offset 2m) > 14.4 * 0.001 and up unless g{}";

    assertThat(Selector.of(expression))
        .containsExactly(
            new Selector("a_bucket", "x", Set.of("job", "b")),
            new Selector("d:e:f", "", Set.of()),
            new Selector("up", "", Set.of()),
            new Selector("g", "", Set.of()));
    assertThat(Selector.groupings(expression)).containsExactly("api", "c", "le");
  }

  @Test
  void aJobThatIsExcludedIsNoneThatIsMeant() {
    assertThat(Selector.of("a{job!=\"x\"}")).containsExactly(new Selector("a", "", Set.of("job")));
  }
}
