package dev.gatehouse.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Health health = new Health(3, Duration.ofSeconds(1), Duration.ofSeconds(30));
  private long now = -5 * SECOND;

  @Test
  void aServerIsInUntilItHasFailedSeveralTimesInARow() {
    fail(2);
    boolean afterTwo = health.takes(now);
    fail(1);

    assertThat(afterTwo).isTrue();
    assertThat(health.takes(now)).isFalse();
    assertThat(health.isOut()).isTrue();
  }

  @Test
  void oneAnswerMakesUpForAllFailures() {
    fail(2);
    health.succeeded();
    fail(2);

    assertThat(health.takes(now)).isTrue();
  }

  @Test
  void itIsLeftAloneForAboutASecond() {
    fail(3);

    assertThat(health.takes(now + SECOND * 74 / 100)).isFalse();
    assertThat(health.takes(now + SECOND * 126 / 100)).isTrue();
  }

  @Test
  void oneRequestAloneTriesWhenTheWhileIsOver() {
    fail(3);
    now += 2 * SECOND;

    assertThat(health.takes(now)).isTrue();
    assertThat(health.takes(now)).isFalse();
    assertThat(health.isOut()).isTrue();
  }

  @Test
  void anotherRequestMayTryIfNothingIsHeardOfTheFirst() {
    fail(3);
    now += 2 * SECOND;
    health.takes(now);

    assertThat(health.takes(now + SECOND / 2)).isFalse();
    assertThat(health.takes(now + SECOND)).isTrue();
  }

  @Test
  void aTryThatSucceedsBringsItBackForAll() {
    fail(3);
    now += 2 * SECOND;
    health.takes(now);
    health.succeeded();

    assertThat(health.takes(now)).isTrue();
    assertThat(health.takes(now)).isTrue();
    assertThat(health.isOut()).isFalse();
  }

  @Test
  void theWhileDoublesWithEachTryThatFailsAndHasABound() {
    fail(3);
    long[] expected = {2, 4, 8, 16, 30, 30, 30};
    for (long seconds : expected) {
      now += 40 * SECOND;
      assertThat(health.takes(now)).isTrue();
      fail(1);

      assertThat(health.takes(now + seconds * SECOND * 74 / 100)).as("%d s", seconds).isFalse();
      assertThat(health.takes(now + seconds * SECOND * 126 / 100)).as("%d s", seconds).isTrue();
    }
  }

  @Test
  void requestsThatWereUnderWayWhenItWentOutDoNotCountAgain() {
    fail(30);

    assertThat(health.takes(now + SECOND * 126 / 100)).isTrue();
  }

  @Test
  void afterItWasBackTheWhileIsShortAgain() {
    fail(3);
    now += 2 * SECOND;
    health.takes(now);
    fail(1);
    now += 3 * SECOND;
    health.takes(now);
    health.succeeded();
    fail(3);

    assertThat(health.takes(now + SECOND * 126 / 100)).isTrue();
  }

  @Test
  void itSaysOnceThatItGoesOutAndOnceThatItIsBack() {
    fail(2);
    boolean third = health.failed(now);
    boolean fourth = health.failed(now);

    assertThat(third).isTrue();
    assertThat(fourth).isFalse();
    assertThat(health.succeeded()).isTrue();
    assertThat(health.succeeded()).isFalse();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      health.failed(now);
    }
  }
}
