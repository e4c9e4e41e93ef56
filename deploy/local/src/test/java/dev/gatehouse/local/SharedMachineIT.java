package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMachineIT {

  /** Vert.x would keep files in a directory that belongs to whoever on the machine was first. */
  @Test
  void itStartsWhereAnotherUserWasFirst(@TempDir Path home) throws IOException {
    Path state = home.resolve("state");
    Path temporary = Files.createDirectory(home.resolve("tmp"));
    Files.createFile(temporary.resolve("vertx-cache"));
    List<String> command = new ArrayList<>();
    command.add(RunningInstance.CHECKOUT.resolve("deploy/local/up").toString());
    command.addAll(RunningInstance.upOptions(state));

    Run run = Run.of(home, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), command);

    try (RunningInstance instance = RunningInstance.at(state)) {
      assertThat(run.exit()).as("up said %s%s", run.out(), run.err()).isZero();
      assertThat(instance.processes()).isNotEmpty().allMatch(OurProcess::isAlive);
    }
  }
}
