package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is put back to yesterday does not bring back what was removed today. */
class RestoredDatabaseIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path home;

  @Test
  void aGatewayKeepsTodaysRemovalsUntilAnOperatorAcceptsTheOtherState() throws Exception {
    Path state = home.resolve("state");
    Visitor visitor;
    RunningInstance yesterday = RunningInstance.up(state);
    try {
      visitor = Visitor.admitted(yesterday, home, "restored");
    } finally {
      yesterday.down();
    }
    copy(state.resolve("postgres"), home.resolve("backup"));
    RunningInstance today = RunningInstance.up(state);
    try (FurtherGateway gateway = FurtherGateway.up(today, home, "careful")) {
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      succeeds(today, "ta-pubkeys-remove", "local", visitor.keyId(), "--wait=30s");
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(401);
      gateway.cutOff();
      today.down();
      State.delete(state.resolve("postgres"));
      copy(home.resolve("backup"), state.resolve("postgres"));

      try (RunningInstance restored = RunningInstance.up(state)) {
        gateway.mend(restored);
        await().atMost(PATIENCE).until(() -> gateway.log().contains("another history"));

        assertThat(visitor.statusAt(gateway.port())).isEqualTo(401);
        assertThat(gateway.management("/metrics").body())
            .contains("gatehouse_feed_history_alarms_total{feed=\"keys\"} 1.0");

        Run shown = via(restored, gateway, "feeds", "list", "careful");
        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("keys", "other");

        Run accepted = via(restored, gateway, "feeds", "accept", "careful", "keys", "--yes");
        assertThat(accepted.exit()).as(accepted.err()).isZero();
        assertThat(accepted.out() + accepted.err()).contains(visitor.keyId());
        await().atMost(PATIENCE).until(() -> visitor.statusAt(gateway.port()) == 200);
      }
    } finally {
      today.close();
    }
  }

  /** The same command, asking the further gateway. */
  private Run via(RunningInstance instance, FurtherGateway gateway, String... arguments)
      throws IOException {
    Path config = home.resolve("careful.yaml");
    String own = Files.readString(instance.state().resolve("cli.yaml"));
    Files.writeString(
        config,
        own.replace("local:", "careful:")
            .replace(":" + instance.port(Ports.Use.GATEWAY), ":" + gateway.port()));
    config.toFile().setReadable(false, false);
    config.toFile().setReadable(true, true);
    return instance.gatehouse(home, config, arguments);
  }

  private void succeeds(RunningInstance instance, String... arguments) {
    Run run = instance.gatehouse(home, arguments);
    assertThat(run.exit()).as("it said: %s%s", run.out(), run.err()).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path source : tree.toList()) {
        Files.copy(
            source,
            to.resolve(from.relativize(source).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
