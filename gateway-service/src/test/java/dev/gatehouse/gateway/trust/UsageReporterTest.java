package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.feed.AnchorEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class UsageReporterTest {

  private static final PublicKey KEY = TestKeys.ed25519();
  private static final AnchorEntry ENTRY = TrustBuilder.anchorEntry(KEY, "*");
  private static final long NOW = 1_770_000_000L;

  private final List<JsonObject> sent = new ArrayList<>();
  private boolean broken;
  private Anchors anchors = Anchors.EMPTY;
  private final UsageReporter reporter =
      new UsageReporter(() -> anchors, this::send, Duration.ofMinutes(1));

  @Test
  void nothingIsSentWhenNothingWasUsed() throws Exception {
    put(anchor(1));

    reporter.report();

    assertThat(sent).isEmpty();
  }

  @Test
  void onlyWhatWasUsedSinceTheLastReportIsSent() throws Exception {
    Anchor one = put(anchor(1));
    Anchor two = put(anchor(2));
    put(anchor(3));
    one.used(NOW);
    two.used(NOW);
    reporter.report();
    two.used(NOW + 60);
    sent.clear();

    reporter.report();
    reporter.report();

    assertThat(sent).hasSize(1);
    assertThat(reported()).isEqualTo(Map.of(two.id(), NOW + 60));
  }

  @Test
  void aUseWithinAMinuteOfTheLastIsNotNoted() throws Exception {
    Anchor one = put(anchor(1));
    one.used(NOW);
    one.used(NOW + 59);
    one.used(NOW - 1000);

    reporter.report();

    assertThat(reported()).isEqualTo(Map.of(one.id(), NOW));
  }

  @Test
  void aReportThatIsLostGoesWithTheNext() throws Exception {
    Anchor one = put(anchor(1));
    Anchor two = put(anchor(2));
    one.used(NOW);
    broken = true;
    assertThatThrownBy(reporter::report).isInstanceOf(ExecutionException.class);
    broken = false;
    two.used(NOW + 60);

    reporter.report();

    assertThat(reported()).isEqualTo(Map.of(one.id(), NOW, two.id(), NOW + 60));
  }

  @Test
  void aReportHasAtMostTenThousandKeys() throws Exception {
    Anchors.Draft draft = anchors.edit();
    for (int i = 0; i < UsageReporter.MAX_KEYS + 1; i++) {
      Anchor anchor = anchor(i);
      anchor.used(NOW);
      draft.put(anchor);
    }
    anchors = draft.done();

    reporter.report();

    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).getJsonArray("keys")).hasSize(UsageReporter.MAX_KEYS);
    assertThat(reported()).hasSize(UsageReporter.MAX_KEYS + 1);
  }

  @Test
  void thatAKeyWasUsedOutlivesAChangeOfItsAnchor() throws Exception {
    Anchor before = put(anchor(1));
    before.used(NOW);

    put(new Anchor(before.id(), ENTRY, before));
    reporter.report();

    assertThat(reported()).isEqualTo(Map.of(before.id(), NOW));
  }

  private Map<UUID, Long> reported() {
    Map<UUID, Long> all = new HashMap<>();
    for (JsonObject report : sent) {
      for (Object each : report.getJsonArray("keys")) {
        JsonObject use = (JsonObject) each;
        all.put(UUID.fromString(use.getString("id")), use.getLong("lastUsedAt"));
      }
    }
    return all;
  }

  private Future<JsonObject> send(JsonObject report) {
    if (broken) {
      return Future.failedFuture("gone");
    }
    sent.add(report);
    return Future.succeededFuture(new JsonObject());
  }

  private Anchor put(Anchor anchor) {
    Anchors.Draft draft = anchors.edit();
    draft.put(anchor);
    anchors = draft.done();
    return anchor;
  }

  private static Anchor anchor(long id) {
    return new Anchor(new UUID(0, id), ENTRY, null);
  }
}
