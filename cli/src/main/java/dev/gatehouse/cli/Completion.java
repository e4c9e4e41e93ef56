package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.Terminal;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "For this shell: source <(gatehouse completion)"
    })
@SuppressWarnings("NullAway.Init")
final class Completion implements Runnable {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  Completion(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.print(AutoComplete.bash("gatehouse", spec.root().commandLine()));
  }
}
