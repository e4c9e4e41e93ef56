package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({
    "1, false, PT1S",
    "1000, false, PT1S",
    "1, true, PT5S",
    "2, true, PT10S",
    "6, true, PT2M40S",
    "7, true, PT5M",
    "1000000, true, PT5M",
  })
  void aProviderWithoutKeysIsAskedOftenAndOthersLessAndLess(
      int failures, boolean hasKeys, Duration expected) {
    assertThat(Backoff.after(failures, hasKeys)).isEqualTo(expected);
  }
}
