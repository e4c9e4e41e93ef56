package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Design §8: a gateway that finds its copy of the trust spoilt starts from the feeds alone. */
@ExtendWith(SharedInstance.class)
class BrokenStateIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String OTHER_KEY = "a-key-of-somebody-else-0123456789-abcdef";

  /** Of a file that is cut off there, not even the head is whole. */
  private static final int WITHIN_THE_HEAD = 40;

  @TempDir static Path home;
  private static RunningInstance instance;
  private static Visitor visitor;

  /** A gateway called {@code whole} was killed and has left a good copy. */
  @BeforeAll
  static void thereIsACopy(RunningInstance shared) {
    instance = shared;
    visitor = Visitor.admitted(instance, home, "disk");
    FurtherGateway gateway = FurtherGateway.up(instance, home, "whole");
    assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
    gateway.kill();
  }

  @AfterAll
  static void forget() throws IOException {
    new GoneGateways(instance).remove("whole");
  }

  @Test
  void theWholeCopyIsServedFromWhenNothingElseIsThere() throws IOException {
    copy("whole", "intact");
    try (FurtherGateway gateway = FurtherGateway.alone(instance, home, "intact", Map.of())) {
      gateway.awaitReady();

      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
    }
  }

  @Test
  void oneThatWasCutOffIsNot() throws IOException {
    copy("whole", "truncated");
    for (String feed : new String[] {"tenants", "keys"}) {
      try (FileChannel journal = journal("truncated", feed)) {
        journal.truncate(WITHIN_THE_HEAD);
      }
    }

    isNotServedFrom("truncated", "it does not begin as a journal");
  }

  @Test
  void oneThatWasChangedIsNot() throws IOException {
    copy("whole", "changed");
    for (String feed : new String[] {"tenants", "keys"}) {
      Path file = home.resolve("changed").resolve(feed + ".journal");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }

    isNotServedFrom("changed", "a record is not the one that was written");
  }

  /** Somebody with a Gatehouse of their own can make a file that is good by their key. */
  @Test
  void oneThatIsSealedWithAnotherKeyIsNot() throws IOException {
    copy("whole", "forged");
    String ours = Files.readString(instance.state().resolve("secrets/auth-api-key")).strip();
    FurtherGateway forger =
        FurtherGateway.alone(
            instance,
            home,
            "forged",
            Map.of("AUTH_API_KEY", OTHER_KEY, "AUTH_API_KEY_PREVIOUS", ours));
    forger.awaitReady();
    forger.kill();

    isNotServedFrom("forged", "it is sealed with another key");
  }

  private static void isNotServedFrom(String name, String reason) {
    try (FurtherGateway gateway = FurtherGateway.alone(instance, home, name, Map.of())) {
      await().atMost(PATIENCE).until(() -> gateway.log().contains("Feed keys is not available"));

      assertThat(gateway.log())
          .contains("The copy of the trust in ", reason, "Starting from the services");
      assertThat(visitor.statusAt(gateway.port())).isEqualTo(503);
      assertThat(gateway.isReady()).isFalse();

      gateway.mend(instance);
      gateway.awaitReady();

      assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      for (String feed : new String[] {"tenants", "keys"}) {
        assertThat(
                gateway.metric("gatehouse_trust_journal_refusals_total", "feed=\"" + feed + "\""))
            .isEqualTo(1);
      }
    }
  }

  private static FileChannel journal(String name, String feed) throws IOException {
    return FileChannel.open(
        home.resolve(name).resolve(feed + ".journal"), StandardOpenOption.WRITE);
  }

  private static void copy(String from, String to) throws IOException {
    Path target = Files.createDirectory(home.resolve(to));
    try (var files = Files.list(home.resolve(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }
}
