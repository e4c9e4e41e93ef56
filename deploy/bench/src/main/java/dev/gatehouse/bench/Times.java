package dev.gatehouse.bench;

import java.util.Arrays;

/** Durations that were measured, in milliseconds. */
final class Times {

  private double[] sorted;
  private int count;

  Times(int expected) {
    sorted = new double[expected];
  }

  synchronized void addNanos(long nanos) {
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * count + 1);
    }
    sorted[count++] = nanos / 1e6;
  }

  synchronized int count() {
    return count;
  }

  /** The smallest one that {@code share} of all do not exceed; the nearest-rank method. */
  synchronized double percentile(double share) {
    if (count == 0) {
      throw new IllegalStateException("Nothing was measured");
    }
    double[] all = Arrays.copyOf(sorted, count);
    Arrays.sort(all);
    return all[Math.max(0, (int) Math.ceil(share * count) - 1)];
  }

  /** The middle one, or the mean of the two in the middle. */
  static double median(double... figures) {
    double[] all = figures.clone();
    Arrays.sort(all);
    int middle = all.length / 2;
    return all.length % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
  }

  double median() {
    return percentile(0.5);
  }

  double max() {
    return percentile(1);
  }
}
