package dev.gatehouse.gateway.trust;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What operators see of the trust. */
final class TrustMetrics {

  private final MeterRegistry registry;

  TrustMetrics(MeterRegistry registry, TrustStore store, Time time) {
    this.registry = registry;
    for (FeedStatus feed : List.of(store.tenantsFeed(), store.keysFeed())) {
      Gauge.builder("gatehouse.feed.revision", feed, FeedStatus::revision)
          .description("The revision of the feed that is served")
          .tag("feed", feed.feed())
          .register(registry);
      Gauge.builder("gatehouse.feed.age", feed, it -> ageInSeconds(it, time))
          .description("Since the service was last asked with success; NaN when it never was")
          .baseUnit("seconds")
          .tag("feed", feed.feed())
          .register(registry);
      Gauge.builder("gatehouse.feed.history.differs", feed, TrustMetrics::historyDiffers)
          .description("Whether the service tells another history than the one served")
          .tag("feed", feed.feed())
          .register(registry);
      for (Event event : Event.values()) {
        event.counter(registry, feed.feed());
      }
    }
    bounds(store);
    for (TrustDates.Owner owner : TrustDates.Owner.values()) {
      dates(new TrustDates(store::current, time.wall(), owner), owner);
    }
    entries("tenant", () -> store.current().tenants().size());
    entries("anchor", () -> store.current().anchors().size());
    entries("issuer", () -> store.current().issuers().size());
    entries("revocation", () -> store.current().revocations().size());
  }

  void count(Event event, String feed) {
    event.counter(registry, feed).increment();
  }

  /** What should not happen. */
  enum Event {
    JOURNAL_REFUSED("gatehouse.trust.journal.refusals", "Copies on disk that were not believed"),
    JOURNAL_FAILED("gatehouse.trust.journal.failures", "Failures to write the copy on disk"),
    HISTORY_ALARM("gatehouse.feed.history.alarms", "Answers that tell another history"),
    UNREADABLE("gatehouse.feed.unreadable.pages", "Pages with an entry that could not be read"),
    AUDIT_ALARM(
        "gatehouse.audit.alarms",
        "Heads of an audit log that contradict an earlier one, or that nobody has sealed");

    private final String name;
    private final String description;

    Event(String name, String description) {
      this.name = name;
      this.description = description;
    }

    private Counter counter(MeterRegistry registry, String feed) {
      return Counter.builder(name).description(description).tag("feed", feed).register(registry);
    }
  }

  private void bounds(TrustStore store) {
    Gauge.builder("gatehouse.trust.stale", store, it -> it.stale() ? 1 : 0)
        .description("Whether the trust is too old to serve by")
        .register(registry);
    Gauge.builder(
            "gatehouse.trust.max.staleness",
            store,
            it -> it.maxStaleness().map(TrustMetrics::seconds).orElse(Double.POSITIVE_INFINITY))
        .description("The age of a feed beyond which nothing is served; +Inf when there is none")
        .baseUnit("seconds")
        .register(registry);
  }

  private void dates(TrustDates dates, TrustDates.Owner owner) {
    String label = owner.name().toLowerCase(Locale.ROOT);
    Gauge.builder("gatehouse.anchor.next.expiry.timestamp", () -> unixTime(dates.nextExpiry()))
        .description("When the next public key expires, as a Unix time; NaN when none does")
        .baseUnit("seconds")
        .tag("owner", label)
        .register(registry);
    Gauge.builder("gatehouse.issuer.oldest.keys.timestamp", () -> unixTime(dates.oldestKeys()))
        .description(
            "When the keys of an issuer were fetched that were fetched the longest ago, as a Unix"
                + " time; told to the hour")
        .baseUnit("seconds")
        .tag("owner", label)
        .register(registry);
    Gauge.builder("gatehouse.issuers.without.keys", dates, TrustDates::withoutKeys)
        .description("Issuers of which no key is known, so that their tokens are refused")
        .tag("owner", label)
        .strongReference(true)
        .register(registry);
  }

  private void entries(String kind, Supplier<Number> size) {
    Gauge.builder("gatehouse.snapshot.entries", size)
        .description("What is held in memory")
        .tag("kind", kind)
        .register(registry);
  }

  private static double ageInSeconds(FeedStatus feed, Time time) {
    return feed.age(time.moment()).map(TrustMetrics::seconds).orElse(Double.NaN);
  }

  private static double historyDiffers(FeedStatus feed) {
    return feed.view() == FeedView.State.OTHER_HISTORY ? 1 : 0;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static double unixTime(Optional<Instant> moment) {
    return moment.map(it -> (double) it.getEpochSecond()).orElse(Double.NaN);
  }
}
