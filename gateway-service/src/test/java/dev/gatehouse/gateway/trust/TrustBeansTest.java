package dev.gatehouse.gateway.trust;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.name.TenantId;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The trust within the running gateway. */
@QuarkusTest
@TestProfile(TrustBeansTest.WithFeeds.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the addresses.
class TrustBeansTest {

  @Inject TrustSource trust;
  @Inject UnknownKeys unknownKeys;
  @Inject FeedViews views;
  @Inject AuditHeads heads;

  @TestHTTPResource(value = "/health/ready", management = true)
  String ready;

  @TestHTTPResource(value = "/metrics", management = true)
  String metrics;

  @Test
  void theGatewayIsReadyOnceBothFeedsAreAtTheirHead() {
    await().until(() -> get(ready).statusCode() == 200);

    assertThat(trust.current().tenants().byName(new TenantId("acme"))).isPresent();
    assertThat(trust.ready()).isTrue();
    assertThat(trust.stale()).isFalse();
    assertThat(unknownKeys).isNotNull();
    assertThat(views.all()).extracting(FeedView::feed).containsExactly("tenants", "keys");
    assertThat(heads.kept("keys")).isEmpty();
  }

  @Test
  void theMetricsTellHowTheFeedsAreDoing() {
    await().until(() -> get(ready).statusCode() == 200);

    assertThat(get(metrics).asString())
        .contains(
            "gatehouse_feed_revision{feed=\"keys\"} 1.0",
            "gatehouse_feed_age_seconds{feed=\"tenants\"} ",
            "gatehouse_snapshot_entries{kind=\"tenant\"} 1.0",
            "gatehouse_snapshot_entries{kind=\"anchor\"} 1.0",
            "gatehouse_snapshot_entries{kind=\"issuer\"} 0.0",
            "gatehouse_snapshot_entries{kind=\"revocation\"} 0.0",
            "gatehouse_audit_alarms_total{feed=\"tenants\"} 0.0",
            "gatehouse_trust_journal_refusals_total{feed=\"keys\"} 0.0",
            "gatehouse_trust_journal_failures_total{feed=\"keys\"} 0.0",
            "gatehouse_feed_history_alarms_total{feed=\"keys\"} 0.0",
            "gatehouse_feed_history_differs{feed=\"keys\"} 0.0",
            "gatehouse_trust_stale 0.0",
            "gatehouse_trust_max_staleness_seconds +Inf",
            "gatehouse_anchor_next_expiry_timestamp_seconds{owner=\"tenants\"} NaN",
            "gatehouse_issuer_oldest_keys_timestamp_seconds{owner=\"operator\"} NaN",
            "gatehouse_issuers_without_keys{owner=\"operator\"} 0.0",
            "gatehouse_ready 1.0");
  }

  /** Configured as an operator would. */
  public static final class WithFeeds implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Feeds.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  /** Two services with a feed each. */
  public static final class Feeds implements QuarkusTestResourceLifecycleManager {

    private @Nullable FakeFeed tenants;
    private @Nullable FakeFeed keys;

    @Override
    public Map<String, String> start() {
      tenants = new FakeFeed(new History().tenant("acme"));
      keys = new FakeFeed(new History().anchor(UUID.randomUUID(), TestKeys.ed25519(), "acme"));
      return Map.of(
          "AUTH_API_KEY", "k".repeat(40),
          "quarkus.management.test-port", "0",
          "gatehouse.tenant-service.url", tenants.url().toString(),
          "gatehouse.key-service.url", keys.url().toString(),
          "gatehouse.state-dir", stateDirectory());
    }

    @Override
    public void stop() {
      if (tenants != null) {
        tenants.close();
      }
      if (keys != null) {
        keys.close();
      }
    }

    private static String stateDirectory() {
      try {
        return Files.createTempDirectory("gatehouse-trust").toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
