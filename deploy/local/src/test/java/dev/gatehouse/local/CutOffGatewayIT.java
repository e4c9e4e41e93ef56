package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Law 6: a receipt never lies, also while a gateway hears of nothing. */
@ExtendWith(SharedInstance.class)
class CutOffGatewayIT {
  private static final int DONE = 0;
  private static final int NOT_YET_EVERYWHERE = 3;

  @TempDir static Path home;
  private static RunningInstance instance;

  @BeforeAll
  static void takeThe(RunningInstance shared) {
    instance = shared;
  }

  @Test
  void aReceiptNamesTheGatewayThatIsCutOffUntilItIsBack() {
    Visitor visitor = Visitor.admitted(instance, home, "cutoff");
    try (FurtherGateway far = FurtherGateway.up(instance, home, "far")) {
      assertThat(visitor.statusAt(far.port())).isEqualTo(200);
      far.cutOff();

      Run removal = gatehouse("ta-pubkeys-remove", "local", visitor.keyId(), "--wait=2s");

      assertThat(removal.exit()).as(removal.err()).isEqualTo(NOT_YET_EVERYWHERE);
      assertThat(removal.out() + removal.err()).contains("far");
      assertThat(visitor.statusAt(instance.port(Ports.Use.GATEWAY))).isEqualTo(401);
      assertThat(visitor.statusAt(far.port())).isEqualTo(200);

      far.mend(instance);

      await().until(() -> visitor.statusAt(far.port()) == 401);
      assertThat(gatehouse("tenants", "suspend", "local", "cutoff", "--wait=30s").exit())
          .isEqualTo(DONE);
    }
  }

  @Test
  void aGatewayThatIsGoneForGoodIsMissingUntilAnOperatorRemovesIt() {
    Visitor visitor = Visitor.admitted(instance, home, "gone");
    FurtherGateway lost = FurtherGateway.up(instance, home, "lost");
    assertThat(visitor.statusAt(lost.port())).isEqualTo(200);
    lost.kill();
    assertThat(gatehouse("tenants", "suspend", "local", "gone", "--wait=2s").exit())
        .isEqualTo(NOT_YET_EVERYWHERE);

    remove("lost");

    assertThat(gatehouse("tenants", "resume", "local", "gone", "--wait=30s").exit())
        .isEqualTo(DONE);
  }

  private static void remove(String name) {
    String id =
        gatehouse("gateways", "list", "local", "-o", "wide").lines().stream()
            .filter(line -> line.contains(name))
            .map(line -> line.split(" ", 2)[0])
            .findFirst()
            .orElseThrow();
    Run removal = gatehouse("gateways", "remove", "local", id);
    assertThat(removal.exit()).as(removal.err()).isEqualTo(DONE);
  }

  private static Run gatehouse(String... arguments) {
    return instance.gatehouse(home, arguments);
  }
}
