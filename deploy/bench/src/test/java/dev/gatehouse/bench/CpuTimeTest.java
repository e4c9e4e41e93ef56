package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimeTest {

  @Test
  void userAndSystemTimeCountWhateverTheProcessIsCalled() {
    String stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 10 0 0 0 150 50 7 7 20 0 1 0 9 0 0";

    assertThat(CpuTime.ticks(stat)).isEqualTo(200);
  }

  @Test
  void thisProcessHasSpentSome() {
    assertThat(CpuTime.of(ProcessHandle.current())).isPositive();
  }
}
