package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.Person;
import dev.gatehouse.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home directory, an environment, and commands that run there in this process. */
public final class Workplace {

  /** What a command left behind. */
  public record Outcome(int exitCode, String out, String err) {}

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Clock clock = Clock.systemUTC();
  private Optional<Person> person = Optional.empty();

  public Workplace(Path home) {
    this.home = home;
    environment.put("HOME", home.toString());
  }

  public Path file(String name) {
    return home.resolve(name);
  }

  public Path configFile() {
    return home.resolve(".config/gatehouse/cli.yaml");
  }

  public Workplace with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Workplace withConfig(String yaml) {
    return withFile(".config/gatehouse/cli.yaml", yaml);
  }

  /** Time stands still, but for the pauses that commands make. */
  public Workplace at(Instant instant) {
    clock = Clock.fixed(instant, ZoneOffset.UTC);
    return this;
  }

  /** How long commands did nothing, so far. */
  public List<Duration> pauses() {
    return pauses;
  }

  /** Somebody who answers every question so. */
  public Workplace withPerson(String answer) {
    person =
        Optional.of(
            new Person() {
              @Override
              public String secret(String prompt) {
                return answer;
              }

              @Override
              public String answer(String question) {
                return answer;
              }
            });
    return this;
  }

  /** A file with mode 600. */
  public Workplace withFile(String name, String content) {
    try {
      Path file = file(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Outcome run(String... arguments) {
    return runWithInput("", arguments);
  }

  public Outcome runWithInput(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            () -> person);
    int exitCode = Main.run(terminal, new CurrentClock(), this::pause, arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private void pause(Duration time) {
    pauses.add(time);
    clock = Clock.offset(clock, time);
  }

  /** Shows the pauses to a command that runs. */
  private final class CurrentClock extends Clock {

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return clock.withZone(zone);
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }
}
