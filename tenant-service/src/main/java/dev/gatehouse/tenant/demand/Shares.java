package dev.gatehouse.tenant.demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Shares one limit among gateways by what each was asked for. While there is enough, everybody has
 * what it was asked for and an equal part of the rest, so that a burst finds room wherever it
 * comes; when there is not, shares are proportional to the demand, and a request has the same
 * chance everywhere. Each share is at least one: no gateway is closed to a tenant. The shares make
 * up the limit, except where there are more gateways than the limit has units.
 */
final class Shares {

  private static final double LEAST = 1;

  private Shares() {}

  /**
   * Shares the limit.
   *
   * @param limit at least 1
   * @param demands of all gateways, in an order that is the same for each who asks
   */
  static long[] of(long limit, long[] demands) {
    if (limit <= demands.length) {
      long[] least = new long[demands.length];
      Arrays.fill(least, 1);
      return least;
    }
    return whole(limit, withFloor(limit, wanted(limit, demands)));
  }

  private static double[] wanted(long limit, long[] demands) {
    double sum = Arrays.stream(demands).asDoubleStream().sum();
    double[] shares = new double[demands.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] =
          sum <= limit ? demands[i] + (limit - sum) / demands.length : limit * (demands[i] / sum);
    }
    return shares;
  }

  /** Lifts what is below the least, at the cost of the others, in proportion to what they have. */
  private static double[] withFloor(long limit, double[] wanted) {
    double[] shares = wanted.clone();
    boolean[] lifted = new boolean[shares.length];
    while (true) {
      double left = limit;
      double rest = 0;
      for (int i = 0; i < shares.length; i++) {
        if (lifted[i]) {
          left -= LEAST;
        } else {
          rest += wanted[i];
        }
      }
      boolean again = false;
      for (int i = 0; i < shares.length; i++) {
        shares[i] = lifted[i] ? LEAST : wanted[i] * (left / rest);
        if (shares[i] < LEAST) {
          lifted[i] = true;
          again = true;
        }
      }
      if (!again) {
        return shares;
      }
    }
  }

  /** Whole numbers of the same sum; what is left over goes to those who lose most. */
  private static long[] whole(long limit, double[] shares) {
    long[] whole = new long[shares.length];
    List<Integer> byLoss = new ArrayList<>();
    long left = limit;
    for (int i = 0; i < shares.length; i++) {
      whole[i] = (long) shares[i];
      left -= whole[i];
      byLoss.add(i);
    }
    byLoss.sort(Comparator.comparingDouble(i -> whole[i] - shares[i]));
    for (int i = 0; i < left && i < shares.length; i++) {
      whole[byLoss.get(i)]++;
    }
    return whole;
  }
}
