package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisionIT {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofSeconds(40);
  private static final String CTRL_C = "\003";

  /** For what does not depend on which processes there are. */
  private static final String[] FEW = {"--only", "database,demo-backend"};

  @TempDir Path home;

  @Test
  void controlCAtTheTerminalLeavesNoProcess() throws Exception {
    Tools.need("script");
    Path state = home.resolve("state");
    Process terminal = terminal("up", RunningInstance.foregroundOptions(state));
    try {
      awaitReady(state);
      RunningInstance instance = RunningInstance.at(state);

      OutputStream keyboard = terminal.getOutputStream();
      keyboard.write(CTRL_C.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      keyboard.flush();

      assertThat(terminal.waitFor(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
      instance.assertNothingIsLeft();
    } finally {
      terminal.destroyForcibly();
      RunningInstance.script("down", List.of("--state", state.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gateway, 'database,identity-provider,demo-backend,tenant-service,key-service,gateway'",
    "database, 'database,demo-backend,tenant-service'"
  })
  void theDeathOfOneProcessEndsAllOthersAndIsReported(String victim, String parts)
      throws IOException {
    Path state = home.resolve("state");
    try (RunningInstance instance = RunningInstance.up(state, "--only", parts)) {
      instance.process(victim).kill();

      await().atMost(END).untilAsserted(instance::assertNothingIsLeft);
      assertThat(Files.readString(state.resolve("logs/launcher.log")))
          .contains("The " + victim + " (pid ")
          .contains("ended unexpectedly with exit code 137")
          .contains(victim + ".log");
    }
  }

  @Test
  void aKilledLauncherLeavesNoProcessAndTheNextUpWorks() {
    Path state = home.resolve("state");
    try (RunningInstance instance = RunningInstance.up(state, FEW)) {
      instance.process("launcher").kill();

      await().atMost(END).untilAsserted(instance::assertNothingIsLeft);
    }
    try (RunningInstance next = RunningInstance.up(state, FEW)) {
      assertThat(next.processes()).allMatch(OurProcess::isAlive);
    }
  }

  @Test
  void aKilledScriptInTheForegroundLeavesNoProcess() throws Exception {
    Path state = home.resolve("state");
    List<String> command = new ArrayList<>();
    command.add(RunningInstance.CHECKOUT.resolve("deploy/local/up").toString());
    command.addAll(RunningInstance.foregroundOptions(state, FEW));
    Process up =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("up.out").toFile())
            .start();
    try {
      awaitReady(state);
      RunningInstance instance = RunningInstance.at(state);

      up.destroyForcibly();

      await().atMost(END).untilAsserted(instance::assertNothingIsLeft);
    } finally {
      RunningInstance.script("down", List.of("--state", state.toString()));
    }
  }

  @Test
  void aSecondStartIsRefusedAndDisturbsNothing() {
    Path state = home.resolve("state");
    try (RunningInstance instance = RunningInstance.up(state, FEW)) {
      Run second = RunningInstance.script("up", RunningInstance.upOptions(state, FEW));

      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.err()).contains("is running already (pid ").hasLineCount(1);
      assertThat(instance.processes()).allMatch(OurProcess::isAlive);
    }
  }

  @Test
  void aPortInUseIsNamedBeforeAnythingStarts() throws IOException {
    Path state = home.resolve("state");
    try (ServerSocket held = holdUsualGatewayPort()) {
      Run run =
          RunningInstance.script(
              "up", List.of("--detach", "--no-build", "--state", state.toString()));

      assertThat(held.isBound()).isTrue();
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out() + run.err()).contains("Port 8080, which is for the gateway, is in use");
      assertThat(state.resolve("postgres")).doesNotExist();
      assertThat(state.resolve("processes")).doesNotExist();
    }
  }

  @Test
  void downSaysWhenThereIsNothingToStop() {
    Run down = RunningInstance.script("down", List.of("--state", home.resolve("state").toString()));

    assertThat(down.exit()).isZero();
    assertThat(down.out()).startsWith("Nothing runs");
  }

  @Test
  void wrongUsageIsExitCodeTwoAndOneSentence() {
    Path state = home.resolve("state");
    Run unknown = RunningInstance.script("up", List.of("--sideways"));
    Run upstream =
        RunningInstance.script(
            "up", RunningInstance.upOptions(state, "--upstream", "cortex=ftp://nowhere"));

    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("There is no option '--sideways'").hasLineCount(1);
    assertThat(upstream.exit()).isEqualTo(2);
    assertThat(upstream.out() + upstream.err()).contains("'ftp://nowhere' is no http or https URL");
  }

  /** On the usual port if it is free; if it is not, that serves the test just as well. */
  private static ServerSocket holdUsualGatewayPort() throws IOException {
    int port = Ports.usual().of(Ports.Use.GATEWAY);
    return Listeners.isTaken(port)
        ? new ServerSocket(0)
        : new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  /** The script in a pseudo-terminal of its own, with what is typed there. */
  private static Process terminal(String script, List<String> options) throws IOException {
    String command =
        RunningInstance.CHECKOUT.resolve("deploy/local").resolve(script)
            + " "
            + String.join(" ", options);
    return new ProcessBuilder(
            Tools.interruptible("script", "--quiet", "--return", "--command", command, "/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void awaitReady(Path state) {
    await().atMost(START).until(() -> Files.exists(state.resolve("ready")));
  }
}
