package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.name.Reach;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FetchMetersTest {

  private static final Provider OPERATORS =
      new Provider("https://login.example", Reach.EVERYTHING, false);
  private static final Provider TENANTS =
      new Provider("https://acme.example", Reach.parse("acme"), true);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FetchMeters meters = new FetchMeters(registry);

  @Test
  void fetchesAreCountedByWhoseIssuerItIsAndHowTheyWent() {
    meters.succeeded(OPERATORS);
    meters.failed(TENANTS, new FetchFailure(Reason.TOO_SLOW, "acme.example took too long"));
    meters.failed(TENANTS, new FetchFailure(Reason.TOO_SLOW, "acme.example took too long"));

    assertThat(count("operator", "ok")).isOne();
    assertThat(count("operator", "too_slow")).isZero();
    assertThat(count("tenants", "ok")).isZero();
    assertThat(count("tenants", "too_slow")).isEqualTo(2);
  }

  @Test
  void howManySeriesThereAreIsNotForTenantsToSay() {
    int before = registry.getMeters().size();

    for (int i = 0; i < 100; i++) {
      meters.failed(
          new Provider("https://" + i + ".example", Reach.parse("tenant-" + i), true),
          new FetchFailure(Reason.UNREACHABLE, "nobody there"));
    }

    assertThat(before).isEqualTo(2 * (1 + Reason.values().length));
    assertThat(registry.getMeters()).hasSize(before);
  }

  private double count(String owner, String result) {
    return registry
        .get("gatehouse.issuer.fetches")
        .tags("owner", owner, "result", result)
        .counter()
        .count();
  }
}
