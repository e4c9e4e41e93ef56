package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Path REAPER = Path.of("reaper").toAbsolutePath();

  @TempDir Path home;
  private final Queue<Part> deaths = new ConcurrentLinkedQueue<>();
  private Supervisor supervisor;

  @BeforeEach
  void supervise() throws IOException {
    State state = State.open(home.resolve("state"));
    supervisor = new Supervisor(Reaper.start(REAPER, state), child -> deaths.add(child.part()));
  }

  @Test
  void theGatewayIsStoppedFirstAndTheDatabaseLast() throws Exception {
    supervisor.add(child(Part.DATABASE, Reaper.Request.INT));
    supervisor.add(child(Part.KEY_SERVICE, Reaper.Request.TERM));
    supervisor.add(child(Part.GATEWAY, Reaper.Request.TERM));

    supervisor.stop();

    assertThat(Files.readAllLines(home.resolve("ends")))
        .containsExactly("gateway", "key-service", "database");
    assertThat(deaths).isEmpty();
  }

  @Test
  void aDeathIsReportedOnce() throws Exception {
    Child child = child(Part.KEY_SERVICE, Reaper.Request.TERM);
    supervisor.add(child);

    child.process().destroyForcibly();

    await().untilAsserted(() -> assertThat(deaths).containsExactly(Part.KEY_SERVICE));
    supervisor.stop();
    assertThat(deaths).containsExactly(Part.KEY_SERVICE);
  }

  @Test
  void whoComesAfterTheEndHasBegunIsEndedAtOnce() throws Exception {
    supervisor.stop();
    Child late = child(Part.GATEWAY, Reaper.Request.TERM);

    supervisor.add(late);

    await().until(() -> !late.process().isAlive());
    assertThat(deaths).isEmpty();
  }

  /** Writes down its own end, and is there before this returns. */
  private Child child(Part part, Reaper.Request request) throws IOException {
    Path log = home.resolve(part.label() + ".log");
    String script =
        "trap 'echo %s >>%s; exit' %s; echo up; while :; do sleep 0.05; done"
            .formatted(part.label(), home.resolve("ends"), request);
    Process process =
        new ProcessBuilder(Tools.interruptible("bash", "-c", script))
            .redirectOutput(log.toFile())
            .start();
    await().until(() -> Files.readString(log).equals("up\n"));
    return new Child(part, process, log, request);
  }
}
