package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrkTest {

  @Test
  void whatWasAnsweredWellCounts() throws Exception {
    assertThat(Wrk.answered("Running…\nRESULT 20000 2000000 0 0 0 0\n"))
        .isEqualTo(new Wrk.Answered(20_000, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RESULT 20000 2000000 1 0 0 0",
        "RESULT 20000 2000000 0 1 0 0",
        "RESULT 20000 2000000 0 0 1 0",
        "RESULT 20000 2000000 0 0 0 1",
        "unable to connect"
      })
  void anythingElseFails(String said) {
    assertThatThrownBy(() -> Wrk.answered(said)).isInstanceOf(IOException.class);
  }
}
