package dev.gatehouse.common.quota;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A budget per minute for each of many names, in memory. Budgets that are full again are forgotten,
 * so that memory is bounded by who was busy in the last minute.
 */
public final class Rates {

  private static final int FORGET_ABOVE = 10_000;

  private final int perMinute;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  public Rates(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Takes one; if there is none left, says when there will be one. */
  public Optional<Duration> take(String name) {
    if (buckets.size() > FORGET_ABOVE) {
      buckets.values().removeIf(bucket -> bucket.getAvailableTokens() == perMinute);
    }
    ConsumptionProbe probe =
        buckets.computeIfAbsent(name, it -> newBucket()).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  int size() {
    return buckets.size();
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }
}
