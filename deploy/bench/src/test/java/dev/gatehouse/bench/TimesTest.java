package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({"0.01, 1", "0.5, 50", "0.99, 99", "0.991, 100", "1, 100"})
  void aPercentileIsTheSmallestThatSoManyDoNotExceed(double share, double expected) {
    Times times = new Times(4);
    for (int millis = 100; millis >= 1; millis--) {
      times.addNanos(millis * 1_000_000L);
    }

    assertThat(times.percentile(share)).isEqualTo(expected);
  }

  @Test
  void ofNothingThereIsNoPercentile() {
    assertThatThrownBy(() -> new Times(1).median()).isInstanceOf(IllegalStateException.class);
  }
}
