package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedStateTest {

  /** Letters: d on disk, r given up, c cut off, h at the head; for one feed and the other. */
  @ParameterizedTest
  @CsvSource({
    "-, -, false",
    "h, -, false",
    "h, h, true",
    "d, d, false",
    "dc, d, false",
    "dc, dc, true",
    "dc, c, false",
    "c, c, false",
    "h, dc, true",
    "h, d, false",
    "drc, drc, false",
    "drc, dc, false",
    "drh, dc, false",
    "drh, drc, false",
    "drh, drh, true",
    "drh, dh, true",
  })
  void bothFeedsHaveToBeEnough(String one, String other, boolean expected) {
    assertThat(FeedState.areEnough(List.of(state(one), state(other)))).isEqualTo(expected);
    assertThat(FeedState.areEnough(List.of(state(other), state(one)))).isEqualTo(expected);
  }

  private static FeedState state(String letters) {
    return new FeedState(
        letters.contains("d"), letters.contains("r"), letters.contains("c"), letters.contains("h"));
  }
}
