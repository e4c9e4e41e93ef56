package dev.gatehouse.gateway.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The snapshot that is served, swapped as a whole, and whether it may be served by. */
final class TrustStore implements TrustSource {

  private final Time time;
  private final Optional<Duration> maxStaleness;
  private final FeedStatus tenantsFeed = new FeedStatus("tenants");
  private final FeedStatus keysFeed = new FeedStatus("keys");

  private volatile Trust current = Trust.EMPTY;
  private volatile boolean ready;
  private volatile boolean givenUp;

  TrustStore(Time time, Optional<Duration> maxStaleness) {
    this.time = time;
    this.maxStaleness = maxStaleness;
  }

  @Override
  public Trust current() {
    return current;
  }

  @Override
  public boolean ready() {
    if (!ready && FeedState.areEnough(List.of(tenantsFeed.state(), keysFeed.state()))) {
      ready = true;
    }
    return ready && !givenUp;
  }

  @Override
  public boolean stale() {
    return givenUp || (maxStaleness.isPresent() && isBeyond(maxStaleness.get()));
  }

  /** Beyond which nothing is served; empty: there is no bound. */
  Optional<Duration> maxStaleness() {
    return maxStaleness;
  }

  @Override
  public long keysRevision() {
    return keysFeed.revision();
  }

  @Override
  public Instant now() {
    Instant clock = time.wall().instant();
    Instant newest = later(tenantsFeed.newest(), keysFeed.newest());
    return later(clock, newest);
  }

  FeedStatus tenantsFeed() {
    return tenantsFeed;
  }

  FeedStatus keysFeed() {
    return keysFeed;
  }

  /** What is served of the feed of the key-service. */
  Keys keys() {
    Trust now = current;
    return new Keys(now.anchors(), now.issuers(), now.revocations());
  }

  synchronized void tenants(Tenants tenants) {
    Trust before = current;
    current =
        new Trust(
            before.generation() + 1,
            tenants,
            before.anchors(),
            before.issuers(),
            before.revocations());
  }

  synchronized void keys(Keys keys) {
    Trust before = current;
    current =
        new Trust(
            before.generation() + 1,
            before.tenants(),
            keys.anchors(),
            keys.issuers(),
            keys.revocations());
  }

  /**
   * Refuses from now on. Before the services are told goodbye: from then on they call removals
   * complete without asking here.
   */
  void giveUp() {
    givenUp = true;
  }

  private boolean isBeyond(Duration limit) {
    Time.Moment now = time.moment();
    return isBeyond(tenantsFeed, limit, now) || isBeyond(keysFeed, limit, now);
  }

  private static boolean isBeyond(FeedStatus feed, Duration limit, Time.Moment now) {
    return feed.age(now).map(age -> age.compareTo(limit) > 0).orElse(true);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
