package dev.gatehouse.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The surroundings of one run: standard streams, environment, and the format that the caller wants.
 * Results go to standard output, everything else to standard error.
 */
public final class Terminal {

  private static final int MAX_INPUT_BYTES = 64 * 1024;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Supplier<Optional<Person>> person;
  private OutputFormat format = OutputFormat.TEXT;

  public Terminal(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Supplier<Optional<Person>> person) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
    this.person = person;
  }

  /** The streams and the environment of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        new PrintStream(System.out, false, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        System.getenv(),
        Person::ofProcess);
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  public OutputFormat format() {
    return format;
  }

  public void format(OutputFormat wanted) {
    this.format = wanted;
  }

  /** Writes the text as it is, without a newline. */
  public void print(String text) {
    out.print(text);
  }

  public void printLine(String line) {
    out.print(Line.printable(line));
    out.print('\n');
  }

  public void printLines(List<String> lines) {
    lines.forEach(this::printLine);
  }

  public void printJson(JsonNode json) {
    out.print(Json.pretty(json));
    out.print('\n');
  }

  /** One JSON value on one line. */
  public void printJsonLine(JsonNode json) {
    out.print(Json.compact(json));
    out.print('\n');
  }

  /** One line on standard error, whatever the text holds. */
  public void note(String text) {
    err.println("gatehouse: " + Line.printable(text));
  }

  /** Whether everything that was written has arrived; a full disk or a closed pipe shows here. */
  public boolean flushed() {
    return !out.checkError();
  }

  /** The variable's value; empty counts as not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  public Path home() {
    return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }

  /** {@code $XDG_CACHE_HOME/gatehouse}, by default in {@code ~/.cache}. */
  public Path cacheDirectory() {
    return variable("XDG_CACHE_HOME")
        .map(Path::of)
        .orElseGet(() -> home().resolve(".cache"))
        .resolve("gatehouse");
  }

  /**
   * A secret: typed without an echo where there is a person, else the first line of standard input.
   */
  public String readSecret(String prompt) {
    return person
        .get()
        .map(somebody -> somebody.secret(prompt))
        .orElseGet(
            () -> new String(readInput(), StandardCharsets.UTF_8).lines().findFirst().orElse(""));
  }

  /** Whether somebody agrees; empty if nobody is there to be asked. */
  public Optional<Boolean> confirmed(String question) {
    return person
        .get()
        .map(somebody -> somebody.answer(Line.printable(question) + " [y/N]").strip())
        .map(answer -> answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
  }

  /** Standard input to its end, at most {@value #MAX_INPUT_BYTES} bytes. */
  public byte[] readInput() {
    try {
      byte[] input = in.readNBytes(MAX_INPUT_BYTES + 1);
      if (input.length > MAX_INPUT_BYTES) {
        throw new Failure("Standard input holds more than " + MAX_INPUT_BYTES + " bytes.");
      }
      return input;
    } catch (IOException e) {
      throw new Failure("Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /** Standard input for what may be long. */
  public InputStream in() {
    return in;
  }
}
