package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

  @Test
  void pausesDoubleUpToTheLongest() {
    BackOff backOff = backOff(1);

    assertThat(backOff.next()).isEqualTo(Duration.ofMillis(200));
    assertThat(backOff.next()).isEqualTo(Duration.ofMillis(400));
    assertThat(backOff.next()).isEqualTo(Duration.ofMillis(800));
    for (int i = 0; i < 100; i++) {
      assertThat(backOff.next()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }
    assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void afterASuccessTheyBeginAnew() {
    BackOff backOff = backOff(1);
    backOff.next();
    backOff.next();

    backOff.reset();

    assertThat(backOff.next()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void halfOfAPauseIsRandomAndNoneIsNothing() {
    assertThat(backOff(0).next()).isEqualTo(Duration.ofMillis(100));
    assertThat(backOff(0.5).next()).isEqualTo(Duration.ofMillis(150));
    assertThat(backOff(0).rarely()).isEqualTo(Duration.ofSeconds(5));
  }

  private static BackOff backOff(double random) {
    return new BackOff(Duration.ofMillis(200), Duration.ofSeconds(10), () -> random);
  }
}
