package dev.gatehouse.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparinglyTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
  private final Sparingly sparingly = new Sparingly(nanos::get);

  @Test
  void theFirstIsSaidAndThoseOfTheSameSecondAreCounted() {
    assertThat(sparingly.turn()).isZero();
    assertThat(sparingly.turn()).isEqualTo(Sparingly.NOT_NOW);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(sparingly.turn()).isEqualTo(Sparingly.NOT_NOW);

    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));

    assertThat(sparingly.turn()).isEqualTo(2);
    assertThat(sparingly.turn()).isEqualTo(Sparingly.NOT_NOW);
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    sparingly.turn();
    sparingly.turn();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(sparingly.turn()).isEqualTo(1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertThat(sparingly.turn()).isZero();
  }
}
