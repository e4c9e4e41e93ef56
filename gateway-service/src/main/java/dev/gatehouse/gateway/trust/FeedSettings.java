package dev.gatehouse.gateway.trust;

import java.time.Duration;
import java.util.Optional;

/**
 * How feeds are followed.
 *
 * @param hold how long the services may hold an answer back until there is news
 * @param acceptOtherHistory whether another history is taken over without asking anybody
 * @param contactEvery how often, at most, it is kept that a service was there
 * @param firstPause after the first failure; each further one doubles it
 * @param longestPause between two attempts
 * @param usageEvery how often, at most, it is reported which keys were used
 */
record FeedSettings(
    Duration hold,
    boolean acceptOtherHistory,
    Duration contactEvery,
    Duration firstPause,
    Duration longestPause,
    Duration usageEvery) {

  private static final Duration WAIT = Duration.ofSeconds(25);
  private static final Duration LONGEST_CONTACT = Duration.ofMinutes(10);
  private static final Duration LEAST_STALENESS = Duration.ofMinutes(1);
  private static final Duration LEAST_USAGE = Duration.ofSeconds(1);

  /**
   * @param maxDiskAge how old a copy on disk may be
   * @throws IllegalStateException with a sentence for the operator when they do not go together
   */
  static FeedSettings of(
      boolean acceptOtherHistory,
      Duration maxDiskAge,
      Optional<Duration> maxStaleness,
      Duration usageEvery) {
    if (usageEvery.compareTo(LEAST_USAGE) < 0) {
      throw new IllegalStateException(
          "gatehouse.feeds.usage-every is shorter than "
              + LEAST_USAGE
              + ". Choose a longer one: the last use of a key is known to the minute only.");
    }
    if (maxStaleness.filter(it -> it.compareTo(LEAST_STALENESS) < 0).isPresent()) {
      throw new IllegalStateException(
          "gatehouse.trust.max-staleness is shorter than "
              + LEAST_STALENESS
              + ". As the services are asked every "
              + WAIT
              + ", the gateway would stop serving in between. Choose a longer one.");
    }
    if (maxDiskAge.compareTo(LEAST_STALENESS) < 0) {
      throw new IllegalStateException(
          "gatehouse.trust.max-disk-age is shorter than "
              + LEAST_STALENESS
              + ". Choose a longer one, or leave out gatehouse.state-dir to keep nothing on disk.");
    }
    Duration contactEvery = shortest(LONGEST_CONTACT, maxDiskAge.dividedBy(4));
    if (maxStaleness.isPresent()) {
      contactEvery = shortest(contactEvery, maxStaleness.get().dividedBy(4));
    }
    return new FeedSettings(
        WAIT,
        acceptOtherHistory,
        contactEvery,
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        usageEvery);
  }

  private static Duration shortest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
