package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.ExitCode;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Pause;
import dev.gatehouse.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command and turns its outcome into an exit code. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofProcess(), Clock.systemUTC(), Pause::ofThread, arguments));
  }

  static int run(Terminal terminal, Clock clock, Pause pause, String... arguments) {
    String[] unambiguous = KeyIdArguments.behindTheOptions(List.of(arguments));
    CommandLine commandLine =
        new Commands(terminal, clock, pause)
            .commandLine(unambiguous)
            .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler((e, args) -> wrongUsage(terminal, e))
            .setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
    int exitCode = commandLine.execute(unambiguous);
    if (!terminal.flushed()) {
      terminal.note("Standard output cannot be written: see whether the disk is full.");
      return ExitCode.FAILED;
    }
    return exitCode;
  }

  private static int wrongUsage(Terminal terminal, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message = String.valueOf(e.getMessage());
    terminal.note(
        "%s%s See %s --help.".formatted(message, message.endsWith(".") ? "" : ".", command));
    return ExitCode.WRONG_USAGE;
  }

  private static int failed(Terminal terminal, Exception e) {
    if (e instanceof ParameterException wrong) {
      return wrongUsage(terminal, wrong);
    }
    if (e instanceof Failure) {
      terminal.note(String.valueOf(e.getMessage()));
    } else {
      terminal.note("This is a mistake in the command, please report it: " + e);
    }
    if (terminal.variable("GATEHOUSE_DEBUG").isPresent()) {
      e.printStackTrace(terminal.err());
    }
    return ExitCode.FAILED;
  }
}
