package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  private static final Row KEPT = Row.bounded("kept", 49.96, "ms", 50);
  private static final Row MISSED = Row.bounded("missed", 1234, "ms", 50);
  private static final Row TOLD = Row.of("told", 3, "s");

  @Test
  void aFigureAboveItsBoundIsMissed() {
    assertThat(KEPT.ok()).isTrue();
    assertThat(TOLD.ok()).isTrue();
    assertThat(MISSED.ok()).isFalse();
  }

  @Test
  void theTableSaysWhichBoundsAreKept() {
    assertThat(Row.table(List.of(KEPT, MISSED, TOLD)).lines())
        .containsExactly(
            "what              figure             bound",
            "kept             50.0 ms           50.0 ms  ok",
            "missed          1,234 ms           50.0 ms  MISSED",
            "told               3.0 s                 –");
  }

  @Test
  void theSameAsJson() throws Exception {
    assertThat(Instance.JSON.readTree(Row.json(List.of(MISSED))).path(0).path("ok").asBoolean(true))
        .isFalse();
    assertThat(Instance.JSON.readTree(Row.json(List.of(TOLD))).path(0).has("ok")).isFalse();
  }
}
