package dev.gatehouse.common.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditSealsTest {

  private static final String HASH = "a".repeat(64);

  private final AuthApiKey key =
      new AuthApiKey("api-key-0123456789-0123456789-abcdef", Optional.empty());
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AuditSeals seals = new AuditSeals(key, new Feed(), metrics);

  @Test
  void aHeadAfterASoundOneIsSealed() {
    AuditHead held = AuditHead.sealed(key, "tenants", 7, HASH);

    String seal = seals.sealAfter(held, 8, "b".repeat(64));

    assertThat(seals.isSound(new AuditHead(8, "b".repeat(64), seal))).isTrue();
    assertThat(broken()).isZero();
  }

  @Test
  void aHeadAfterABrokenOneStaysBrokenAndShows() {
    String seal = seals.sealAfter(new AuditHead(7, HASH, "f".repeat(64)), 8, "b".repeat(64));

    assertThat(seal).isEmpty();
    assertThat(seals.isSound(new AuditHead(8, "b".repeat(64), seal))).isFalse();
    assertThat(broken()).isOne();
  }

  @Test
  void beforeTheFirstEntryThereIsNothingToSeal() {
    assertThat(seals.isSound(new AuditHead(0, AuditEntry.NO_HASH, ""))).isTrue();
    assertThat(seals.isSound(new AuditHead(0, HASH, ""))).isFalse();
    assertThat(seals.isSound(new AuditHead(1, AuditEntry.NO_HASH, ""))).isFalse();
  }

  @Test
  void aFormerHeadDoesNotProveThatEntriesWerePruned() {
    AuditHead former = AuditHead.sealed(key, "tenants", 7, HASH);

    assertThat(seals.isSoundPruning(former)).isFalse();
    assertThat(seals.isSoundPruning(new AuditHead(7, HASH, seals.sealPruning(7, HASH)))).isTrue();
    assertThat(seals.isSoundPruning(new AuditHead(0, AuditEntry.NO_HASH, ""))).isTrue();
  }

  private double broken() {
    return metrics.get("gatehouse.audit.head.broken").gauge().value();
  }

  private static final class Feed implements FeedConfiguration {
    @Override
    public String name() {
      return "tenants";
    }

    @Override
    public Duration keep() {
      return Duration.ofDays(7);
    }

    @Override
    public Duration sweepEvery() {
      return Duration.ofMinutes(10);
    }

    @Override
    public int maxWatchers() {
      return 10;
    }

    @Override
    public Duration poll() {
      return Duration.ofSeconds(1);
    }
  }
}
