package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Design §8: a gateway whose disk is full serves by the feeds, and promises nothing that it could
 * not keep. A limit on the size of files stands for the full disk: it holds for root, too.
 */
@ExtendWith(SharedInstance.class)
class FullDiskIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int NOT_YET_EVERYWHERE = 3;

  @TempDir Path home;

  @Test
  void itServesAndRefusesByTheFeedsButAcknowledgesNoRemovalUntilThereIsRoom(
      RunningInstance instance) {
    Tools.need("prlimit");
    Visitor visitor = Visitor.admitted(instance, home, "full");
    try (FurtherGateway gateway =
        FurtherGateway.up(instance, home, "fulldisk", Map.of(FurtherService.LARGEST_FILE, "1"))) {
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      await()
          .atMost(PATIENCE)
          .until(() -> gateway.metric("gatehouse_trust_journal_failures_total") > 0);
      assertThat(gateway.log()).contains("the copy on disk cannot be written", "File too large");

      Run removal =
          instance.gatehouse(home, "ta-pubkeys-remove", "local", visitor.keyId(), "--wait=2s");
      assertThat(removal.exit()).as(removal.err()).isEqualTo(NOT_YET_EVERYWHERE);
      assertThat(removal.out() + removal.err()).contains("fulldisk");
      await().atMost(PATIENCE).until(() -> visitor.statusAt(gateway.port()) == 401);

      makeRoom(gateway);

      await().atMost(PATIENCE).until(() -> gateway.log().contains("is up to date again"));
      Run next = instance.gatehouse(home, "tenants", "suspend", "local", "full", "--wait=30s");
      assertThat(next.exit()).as(next.err()).isZero();
    }
  }

  private void makeRoom(FurtherGateway gateway) {
    Run run =
        Run.of(
            home,
            Map.of(),
            List.of("prlimit", "--pid=" + gateway.pid(), "--fsize=unlimited:unlimited"));
    assertThat(run.exit()).as(run.err()).isZero();
  }
}
