package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustMetricsTest {

  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final TestTime clock = new TestTime();
  private final TrustStore store = new TrustStore(clock.time, Optional.of(LIMIT));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void register() {
    assertThat(new TrustMetrics(registry, store, clock.time)).isNotNull();
  }

  @Test
  void trustThatIsTooOldToServeByShowsAndSoDoesTheBound() {
    store.tenantsFeed().contact(clock.time.moment());
    store.keysFeed().contact(clock.time.moment());
    assertThat(value("gatehouse.trust.stale")).isZero();

    clock.pass(LIMIT.plusMillis(1));

    assertThat(value("gatehouse.trust.stale")).isOne();
    assertThat(value("gatehouse.trust.max.staleness")).isEqualTo(900);
  }

  @Test
  void datesAreUnixTimesByWhoseKeysAndIssuersTheyAre() {
    Instant expiry = clock.now().plus(Duration.ofDays(3));
    Instant fetched = clock.now().minus(Duration.ofHours(1));
    Trust trust =
        TrustBuilder.trust()
            .anchor(TestKeys.ec(), "acme", key -> key.expiresAt(expiry))
            .issuer("https://a.example", it -> it.keysAsOf(fetched).key("a", TestKeys.ec()))
            .issuer("https://b.example", it -> it.keysNeverFetched().maySpeakFor("acme"))
            .build();

    store.keys(new Keys(trust.anchors(), trust.issuers(), trust.revocations()));

    assertThat(value("gatehouse.anchor.next.expiry.timestamp", "tenants"))
        .isEqualTo((double) expiry.getEpochSecond());
    assertThat(value("gatehouse.anchor.next.expiry.timestamp", "operator")).isNaN();
    assertThat(value("gatehouse.issuer.oldest.keys.timestamp", "operator"))
        .isEqualTo((double) fetched.getEpochSecond());
    assertThat(value("gatehouse.issuer.oldest.keys.timestamp", "tenants")).isNaN();
    assertThat(value("gatehouse.issuers.without.keys", "tenants")).isOne();
    assertThat(value("gatehouse.issuers.without.keys", "operator")).isZero();
  }

  private double value(String gauge) {
    return registry.get(gauge).gauge().value();
  }

  private double value(String gauge, String owner) {
    return registry.get(gauge).tag("owner", owner).gauge().value();
  }
}
