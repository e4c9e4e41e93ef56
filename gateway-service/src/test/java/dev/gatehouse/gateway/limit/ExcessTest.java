package dev.gatehouse.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.name.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcessTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0, 1",
    "PT0.001S, 0, 1",
    "PT1S, 0, 1",
    "PT1S, 0.999, 2",
    "PT1.001S, 0, 2",
    "PT10S, 0, 10",
    "PT10S, 0.999, 16",
    "PT59S, 0.999, 60",
    "PT1H, 0, 60",
    "P10000D, 0.999, 60",
  })
  void theTimeToComeBackIsRoundedUpAndSpread(Duration wait, double random, int seconds) {
    assertThat(excess(LimitKind.REQUESTS_PER_SECOND, wait, random).retryAfter()).isEqualTo(seconds);
  }

  @Test
  void theSenderIsToldWhatIsUsedUpAndNothingElse() {
    assertThat(excess(LimitKind.CONCURRENT_REQUESTS, Duration.ZERO, 0).detail())
        .isEqualTo("This tenant has used up its limit of concurrent requests");
    assertThat(excess(LimitKind.BODY_BYTES, Duration.ZERO, 0).detail())
        .isEqualTo("The body is larger than this tenant may send");
  }

  private static Excess excess(LimitKind kind, Duration wait, double random) {
    return Excess.of(kind, new TenantId("acme"), wait.toNanos(), random);
  }
}
