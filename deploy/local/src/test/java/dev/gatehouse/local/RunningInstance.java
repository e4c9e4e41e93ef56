package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real instance, started by the script on free ports, with a state of its own. */
final class RunningInstance implements Installation, AutoCloseable {
  static final Path CHECKOUT = Path.of(System.getProperty("gatehouse.checkout", "../.."));

  private final Path state;
  private final List<OurProcess> processes;

  private RunningInstance(Path state) {
    this.state = state;
    this.processes = OurProcess.list(state);
  }

  /** Returns when everything is ready. */
  static RunningInstance up(Path state, String... options) {
    Run run = script("up", upOptions(state, options));
    assertThat(run.exit()).as("up said %s%s", run.out(), run.err()).isZero();
    return new RunningInstance(state);
  }

  /** Waits for an instance that was started in another way than by {@link #up}. */
  static RunningInstance at(Path state) {
    return new RunningInstance(state);
  }

  static List<String> upOptions(Path state, String... options) {
    List<String> all = new ArrayList<>(List.of("--detach"));
    all.addAll(foregroundOptions(state, options));
    return all;
  }

  static List<String> foregroundOptions(Path state, String... options) {
    List<String> all =
        new ArrayList<>(List.of("--no-build", "--ports", "auto", "--state", state.toString()));
    all.addAll(List.of(options));
    return all;
  }

  static Run script(String name, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(CHECKOUT.resolve("deploy/local").resolve(name).toString());
    command.addAll(options);
    return Run.of(Path.of("/"), Map.of(), command);
  }

  @Override
  public Path state() {
    return state;
  }

  @Override
  public int port(Ports.Use use) {
    return Ports.read(state.resolve("ports.properties")).orElseThrow().of(use);
  }

  OurProcess process(String name) {
    return processes.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  List<OurProcess> processes() {
    return processes;
  }

  @Override
  public Run gatehouse(Path directory, String... arguments) {
    return Commands.gatehouse(directory, state.resolve("cli.yaml"), arguments);
  }

  HttpResponse<String> get(String host, String path, String... headers) {
    return Http.get(port(Ports.Use.GATEWAY), host, path, headers);
  }

  Run down() {
    return script("down", List.of("--state", state.toString()));
  }

  void assertNothingIsLeft() {
    assertThat(processes).isNotEmpty().noneMatch(OurProcess::isAlive);
    assertThat(commandLinesThatName(state)).isEmpty();
  }

  @Override
  public void close() {
    down();
    processes.forEach(OurProcess::kill);
  }

  private static List<String> commandLinesThatName(Path state) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .map(entry -> read(entry.resolve("cmdline")).replace('\0', ' '))
          .filter(line -> line.contains(state.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }
}
