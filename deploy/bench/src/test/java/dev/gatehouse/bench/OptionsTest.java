package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void everythingIsMeasuredUnlessSomethingIsNamed() {
    assertThat(Options.parse(List.of()).cases()).containsExactly(Case.values());
    assertThat(Options.parse(List.of()).objects()).isEqualTo(100_000);
  }

  @Test
  void casesComeInTheirOwnOrder() {
    assertThat(Options.parse(List.of("scale", "peers")).cases())
        .containsExactly(Case.PEERS, Case.SCALE);
  }

  @Test
  void aQuickRunHasFewObjectsUnlessItIsTold() {
    assertThat(Options.parse(List.of("--quick")).objects()).isEqualTo(2_000);
    assertThat(Options.parse(List.of("--quick", "--objects", "7")).objects()).isEqualTo(7);
  }

  @Test
  void aCaseThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> Options.parse(List.of("speed")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no case 'speed'; there are peers, fresh");
  }
}
