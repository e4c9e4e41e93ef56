package dev.gatehouse.gateway.trust;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
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
      for (Event event : Event.values()) {
        event.counter(registry, feed.feed());
      }
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

  private void entries(String kind, Supplier<Number> size) {
    Gauge.builder("gatehouse.snapshot.entries", size)
        .description("What is held in memory")
        .tag("kind", kind)
        .register(registry);
  }

  private static double ageInSeconds(FeedStatus feed, Time time) {
    return feed.age(time.moment())
        .map(Duration::toMillis)
        .map(it -> it / 1000.0)
        .orElse(Double.NaN);
  }
}
