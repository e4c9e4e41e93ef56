package dev.gatehouse.cli;

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
import java.util.HashMap;
import java.util.Map;

/** A home directory, an environment, and commands that run there in this process. */
public final class Workplace {

  /** What a command left behind. */
  public record Outcome(int exitCode, String out, String err) {}

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();

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
            environment);
    int exitCode = Main.run(terminal, Clock.systemUTC(), arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
