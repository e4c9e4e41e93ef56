package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The {@code gatehouse} command, as a person would use it. */
final class Commands {
  private Commands() {}

  static Run gatehouse(Path directory, Path configuration, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(RunningInstance.CHECKOUT.resolve("cli/gatehouse").toString());
    command.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of("GATEHOUSE_CONFIG", configuration.toString(), "HOME", directory.toString());
    return Run.of(directory, environment, command);
  }

  /** What a command that has to work prints. */
  static String succeeds(Run run) {
    assertThat(run.exit()).as("it said: %s%s", run.out(), run.err()).isZero();
    return run.out();
  }

  /** The configuration of an operator who asks the gateway at that port. */
  static void configure(Path configuration, Installation installation, int gateway)
      throws IOException {
    Map<Ports.Use, Integer> numbers = new EnumMap<>(Ports.Use.class);
    for (Ports.Use use : Ports.Use.values()) {
      numbers.put(use, use == Ports.Use.GATEWAY ? gateway : installation.port(use));
    }
    Files.write(configuration, Written.cliConfiguration("local", new Ports(numbers)));
    Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
  }
}
