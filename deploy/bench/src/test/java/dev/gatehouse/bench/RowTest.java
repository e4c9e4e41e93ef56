package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RowTest {

  @Test
  void aFigureAboveItsBoundIsMissed() {
    assertThat(Row.bounded("kept", 49.96, "ms", 50).ok()).isTrue();
    assertThat(Row.of("told", 3, "s").ok()).isTrue();
    assertThat(Row.bounded("missed", 50.04, "ms", 50).ok()).isFalse();
  }

  @Test
  void aRatioIsJudgedByHowManyTimesThePeersItIs() {
    Row half = Row.ratio("half", 30, 60, "µs", OptionalDouble.of(0.5));
    Row more = Row.ratio("more", 31, 60, "µs", OptionalDouble.of(0.5));

    assertThat(half.ok()).isTrue();
    assertThat(half.comparison()).isEqualTo("0.50 ×");
    assertThat(more.ok()).isFalse();
    assertThat(more.verdict()).isEqualTo("MISSED");
  }

  @Test
  void aDifferenceIsJudgedByHowMuchIsAdded() {
    Row little = Row.difference("little", 1.9, 1, "ms", OptionalDouble.of(1));
    Row much = Row.difference("much", 2.1, 1, "ms", OptionalDouble.of(1));

    assertThat(little.ok()).isTrue();
    assertThat(little.comparison()).isEqualTo("+0.90 ms");
    assertThat(much.ok()).isFalse();
  }
}
