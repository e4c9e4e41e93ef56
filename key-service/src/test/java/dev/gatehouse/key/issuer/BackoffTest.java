package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({
    "1, true, PT1S",
    "1000, true, PT1S",
    "1, false, PT5S",
    "2, false, PT10S",
    "6, false, PT2M40S",
    "7, false, PT5M",
    "1000000, false, PT5M",
  })
  void anUrgentProviderIsAskedOftenAndOthersLessAndLess(
      int failures, boolean urgent, Duration expected) {
    assertThat(Backoff.after(failures, urgent)).isEqualTo(expected);
  }
}
