package dev.gatehouse.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CalmTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
  private final Calm calm = new Calm(nanos::get);

  @Test
  void aFewRefusalsDisturbNobody() {
    refuse(Calm.MOST_REFUSALS - 1);

    assertThat(calm.isNow()).isTrue();
  }

  @Test
  void oneTooManyEndsIt() {
    refuse(Calm.MOST_REFUSALS);

    assertThat(calm.isNow()).isFalse();
  }

  @Test
  void itIsBackAfterASecondWithFewer() {
    refuse(Calm.MOST_REFUSALS);
    nanos.addAndGet(SECOND);
    assertThat(calm.isNow()).isFalse();
    refuse(Calm.MOST_REFUSALS - 1);
    nanos.addAndGet(SECOND - 1);
    assertThat(calm.isNow()).isFalse();

    nanos.addAndGet(1);

    assertThat(calm.isNow()).isTrue();
  }

  @Test
  void aFloodThatGoesOnLetsNoneOfItsSecondsBeginCalm() {
    for (int second = 0; second < 5; second++) {
      refuse(Calm.MOST_REFUSALS);
      assertThat(calm.isNow()).isFalse();
      nanos.addAndGet(SECOND);
      assertThat(calm.isNow()).isFalse();
    }
  }

  @Test
  void aFloodOfLongAgoIsForgottenAtOnce() {
    refuse(Calm.MOST_REFUSALS);

    nanos.addAndGet(2 * SECOND);

    assertThat(calm.isNow()).isTrue();
  }

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      calm.refused();
    }
  }
}
