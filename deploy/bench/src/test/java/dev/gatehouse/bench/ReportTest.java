package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Map<String, String> MACHINE = Map.of("machine", "2 × some CPU");
  private static final Row KEPT = Row.bounded("kept", 49.96, "ms", 50);
  private static final Row MISSED = Row.ratio("missed", 61, 60, "µs", OptionalDouble.of(0.5));
  private static final Row TOLD = Row.of("told", 3, "s");

  @Test
  void theTableSaysWhichBoundsAreKept() {
    Report report =
        new Report(
            MACHINE,
            List.of(KEPT, MISSED, TOLD),
            Map.of("flood", "not installed: nginx"),
            Map.of("idle", "no"));

    assertThat(report.table().lines())
        .containsExactly(
            "machine: 2 × some CPU",
            "",
            "what     figure     peer  compared    bound",
            "kept    50.0 ms        –         –  50.0 ms      ok",
            "missed  61.0 µs  60.0 µs    1.02 ×   0.50 ×  MISSED",
            "told     3.00 s        –         –        –",
            "not measured: flood: not installed: nginx",
            "FAILED: idle: no");
  }

  @Test
  void theSameAsJson() throws Exception {
    JsonNode report =
        Instance.JSON.readTree(
            new Report(MACHINE, List.of(MISSED, TOLD), Map.of("flood", "why"), Map.of()).json());

    assertThat(report.at("/rows/0/ok").asBoolean(true)).isFalse();
    assertThat(report.at("/rows/0/ratio").asDouble()).isBetween(1.01, 1.02);
    assertThat(report.at("/rows/1").has("ok")).isFalse();
    assertThat(report.at("/skipped/flood").asText()).isEqualTo("why");
    assertThat(report.at("/machine/machine").asText()).isEqualTo("2 × some CPU");
  }

  @Test
  void theExitCodeTellsAMissedBoundFromAMissingProgram() {
    Map<String, String> skipped = Map.of("flood", "why");

    assertThat(new Report(MACHINE, List.of(KEPT), Map.of(), Map.of()).exitCode()).isZero();
    assertThat(new Report(MACHINE, List.of(MISSED), skipped, Map.of()).exitCode()).isEqualTo(1);
    assertThat(new Report(MACHINE, List.of(KEPT), skipped, Map.of()).exitCode()).isEqualTo(3);
    assertThat(new Report(MACHINE, List.of(KEPT), Map.of(), skipped).exitCode()).isEqualTo(1);
  }
}
