package dev.gatehouse.tenant.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Test
  void oneGatewayHasAllOfIt() {
    assertThat(Shares.of(300, new long[] {0})).containsExactly(300);
    assertThat(Shares.of(300, new long[] {5_000})).containsExactly(300);
  }

  @Test
  void whatIsNotAskedForIsForEverybody() {
    assertThat(Shares.of(311, new long[] {10, 1, 0})).containsExactly(110, 101, 100);
    assertThat(Shares.of(300, new long[] {0, 0, 0})).containsExactly(100, 100, 100);
  }

  @Test
  void whatIsNotEnoughIsSharedByDemandAndNobodyIsShutOut() {
    assertThat(Shares.of(111, new long[] {1_000, 100, 0})).containsExactly(100, 10, 1);
    assertThat(Shares.of(302, new long[] {1_000_000, 1, 0})).containsExactly(300, 1, 1);
  }

  @Test
  void aLimitThatIsSmallerThanTheNumberOfGatewaysLeavesEachOne() {
    assertThat(Shares.of(1, new long[] {10, 1, 0})).containsExactly(1, 1, 1);
    assertThat(Shares.of(3, new long[] {10, 1, 0})).containsExactly(1, 1, 1);
    assertThat(Shares.of(4, new long[] {10, 1, 0})).containsExactly(2, 1, 1);
  }

  @Test
  void theLargestNumbersAreSharedToo() {
    long[] shares = Shares.of(1L << 40, new long[] {Amounts.MAX, Amounts.MAX, 0});

    assertThat(LongStream.of(shares).sum()).isEqualTo(1L << 40);
    assertThat(shares[2]).isEqualTo(1);
  }

  @Test
  void theSharesMakeUpTheLimitAndEachIsAtLeastOne() {
    each(
        (limit, demands) -> {
          long[] shares = Shares.of(limit, demands);

          assertThat(LongStream.of(shares).min())
              .as(told(limit, demands))
              .matches(least -> least.getAsLong() >= 1);
          assertThat(LongStream.of(shares).sum())
              .as(told(limit, demands))
              .isEqualTo(Math.max(limit, demands.length));
        });
  }

  @Test
  void whoIsAskedForMoreHasNoLess() {
    each(
        (limit, demands) -> {
          long[] shares = Shares.of(limit, demands);

          for (int i = 0; i < demands.length; i++) {
            for (int j = 0; j < demands.length; j++) {
              if (demands[i] > demands[j]) {
                assertThat(shares[i]).as(told(limit, demands)).isGreaterThanOrEqualTo(shares[j]);
              }
            }
          }
        });
  }

  @Test
  void moreDemandNeverCostsAGatewayMoreThanWhatRoundingDoes() {
    each(
        (limit, demands) -> {
          long[] more = demands.clone();
          more[0] = more[0] * 2 + 1;

          assertThat(Shares.of(limit, more)[0])
              .as(told(limit, demands))
              .isGreaterThanOrEqualTo(Shares.of(limit, demands)[0] - 1);
        });
  }

  @Test
  void whileThereIsEnoughEverybodyHasWhatItWasAskedFor() {
    each(
        (limit, demands) -> {
          if (LongStream.of(demands).sum() + demands.length <= limit) {
            long[] shares = Shares.of(limit, demands);
            for (int i = 0; i < shares.length; i++) {
              assertThat(shares[i]).as(told(limit, demands)).isGreaterThanOrEqualTo(demands[i]);
            }
          }
        });
  }

  private interface Property {
    void holds(long limit, long[] demands);
  }

  private static void each(Property property) {
    Random random = new Random(20);
    for (int round = 0; round < 20_000; round++) {
      long[] demands = new long[1 + random.nextInt(8)];
      for (int i = 0; i < demands.length; i++) {
        demands[i] = random.nextInt(3) == 0 ? 0 : (long) Math.pow(10, 6 * random.nextDouble());
      }
      property.holds((long) Math.pow(10, 7 * random.nextDouble()), demands);
    }
  }

  private static String told(long limit, long[] demands) {
    return limit + " among " + Arrays.toString(demands);
  }
}
