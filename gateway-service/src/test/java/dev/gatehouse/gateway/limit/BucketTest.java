package dev.gatehouse.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {

  private final Clock clock = new Clock();
  private final Bucket bucket = new Bucket(clock);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 300, 100_000})
  void atFirstThereIsWhatASecondIsWorthAndNoMore(int rate) {
    bucket.allow(rate);

    assertThat(takeAll()).isEqualTo(rate);
  }

  @Test
  void withoutALimitThereIsNoEnd() {
    bucket.allow(Double.POSITIVE_INFINITY);

    for (int i = 0; i < 1_000; i++) {
      assertThat(take()).isZero();
    }
  }

  @Test
  void itFillsAtItsRate() {
    bucket.allow(10);
    takeAll();

    clock.passMillis(99);
    assertThat(takeAll()).isZero();
    clock.passMillis(1);
    assertThat(takeAll()).isEqualTo(1);
    clock.passMillis(500);
    assertThat(takeAll()).isEqualTo(5);
  }

  @Test
  void itNeverHoldsMoreThanASecondsWorth() {
    bucket.allow(10);
    takeAll();

    clock.pass(Duration.ofDays(30));

    assertThat(takeAll()).isEqualTo(10);
  }

  @Test
  void whoIsRefusedLearnsWhenThereIsOne() {
    bucket.allow(4);
    takeAll();
    clock.passMillis(100);

    assertThat(Duration.ofNanos(take())).isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    bucket.allow(5);
    takeAll();

    bucket.giveBack();

    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void givingBackToABucketThatIsFullMakesNoLargerBurst() {
    bucket.allow(5);
    take();
    clock.pass(Duration.ofMinutes(1));
    bucket.giveBack();

    assertThat(takeAll()).isEqualTo(5);
  }

  @Test
  void aSecondsWorthOfBytesIsNoDebtAndOneMoreIs() {
    bucket.allow(1_000);

    bucket.spend(1_000, clock.getAsLong());
    assertThat(debt()).isEqualTo(Duration.ZERO);
    bucket.spend(1, clock.getAsLong());
    assertThat(debt()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void aDebtIsPaidAtTheRate() {
    bucket.allow(1_000);
    bucket.spend(11_000, clock.getAsLong());
    assertThat(debt()).isEqualTo(Duration.ofSeconds(10));

    clock.passMillis(9_999);
    assertThat(debt()).isEqualTo(Duration.ofMillis(1));
    clock.passMillis(1);
    assertThat(debt()).isEqualTo(Duration.ZERO);
  }

  @Test
  void theLargestDebtDoesNotOverflow() {
    bucket.allow(1);

    for (int i = 0; i < 10; i++) {
      bucket.spend(1L << 40, clock.getAsLong());
      bucket.spend(Long.MAX_VALUE, clock.getAsLong());
    }

    assertThat(debt()).isGreaterThan(Duration.ofDays(10_000));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 5, 20, 10_000_000})
  void anEmptyBucketStaysEmptyWhenTheRateChanges(double rate) {
    bucket.allow(10);
    takeAll();

    bucket.allow(rate);

    assertThat(takeAll()).isZero();
    clock.passMillis(500);
    assertThat(takeAll()).isEqualTo((long) (rate / 2));
  }

  @Test
  void aBucketThatIsHalfFullStaysSo() {
    bucket.allow(10);
    for (int i = 0; i < 5; i++) {
      take();
    }

    bucket.allow(100);

    assertThat(takeAll()).isEqualTo(50);
  }

  @Test
  void aDebtStaysTheSameNumberOfBytesWhenTheRateChanges() {
    bucket.allow(1);
    bucket.spend(1 + 1_000_000, clock.getAsLong());

    bucket.allow(1_000_000);

    assertThat(debt()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void changingTheRateToAndFroGivesNothingAway() {
    bucket.allow(10);
    takeAll();

    for (int i = 0; i < 100; i++) {
      bucket.allow(i % 2 == 0 ? 1_000 : 10);
    }

    assertThat(takeAll()).isZero();
  }

  @Test
  void overAnyTimeNoMoreIsTakenThanTheRateAndOneBurst() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      Bucket each = new Bucket(clock);
      int rate = 1 + random.nextInt(1_000);
      each.allow(rate);
      long start = clock.getAsLong();
      long taken = 0;
      for (int i = 0; i < 500; i++) {
        clock.pass(Duration.ofNanos(random.nextInt(20_000_000)));
        for (int tries = random.nextInt(20); tries > 0; tries--) {
          if (each.take(clock.getAsLong()) == 0) {
            taken++;
          }
        }
      }
      double seconds = (clock.getAsLong() - start) / 1e9;

      assertThat(taken).isLessThanOrEqualTo((long) Math.ceil(rate * (seconds + 1)));
    }
  }

  @Test
  void askedCountsWhatWasRefusedToo() {
    bucket.allow(2);
    for (int i = 0; i < 10; i++) {
      take();
    }

    assertThat(bucket.asked(2)).isEqualTo(5);
    assertThat(bucket.asked(1)).isZero();
  }

  @Test
  void manyThreadsTakeNoMoreThanThereIs() throws Exception {
    bucket.allow(10_000);
    long[] taken = new long[4];
    Thread[] threads = new Thread[taken.length];
    for (int i = 0; i < threads.length; i++) {
      int own = i;
      threads[i] =
          new Thread(
              () -> {
                for (int tries = 0; tries < 5_000; tries++) {
                  taken[own] += take() == 0 ? 1 : 0;
                }
              });
      threads[i].start();
    }
    long sum = 0;
    for (int i = 0; i < threads.length; i++) {
      threads[i].join();
      sum += taken[i];
    }

    assertThat(sum).isEqualTo(10_000);
  }

  private long take() {
    return bucket.take(clock.getAsLong());
  }

  private long takeAll() {
    long taken = 0;
    while (take() == 0) {
      taken++;
    }
    return taken;
  }

  private Duration debt() {
    return Duration.ofNanos(bucket.debt(clock.getAsLong()));
  }
}
