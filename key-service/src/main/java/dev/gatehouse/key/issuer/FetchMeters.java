package dev.gatehouse.key.issuer;

import dev.gatehouse.key.fetch.FetchFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Counts how fetches of keys went. By the operator's issuers and those of all tenants together: how
 * many issuers there are is for tenants to say, how many series there are is not.
 */
@ApplicationScoped
class FetchMeters {

  private static final String WENT_WELL = "ok";

  private final MeterRegistry registry;

  FetchMeters(MeterRegistry registry) {
    this.registry = registry;
    for (boolean operator : new boolean[] {true, false}) {
      counter(operator, WENT_WELL);
      for (FetchFailure.Reason reason : FetchFailure.Reason.values()) {
        counter(operator, reason.text());
      }
    }
  }

  /** All are there from the start: rate() does not see the first count of a series. */
  void start(@Observes StartupEvent event) {}

  void succeeded(Provider provider) {
    counter(provider.isOfOperator(), WENT_WELL).increment();
  }

  void failed(Provider provider, FetchFailure failure) {
    counter(provider.isOfOperator(), failure.reason().text()).increment();
  }

  private Counter counter(boolean operator, String result) {
    return Counter.builder("gatehouse.issuer.fetches")
        .description("Fetches of the keys of identity providers, by whose issuer and how they went")
        .tags("owner", operator ? "operator" : "tenants", "result", result)
        .register(registry);
  }
}
