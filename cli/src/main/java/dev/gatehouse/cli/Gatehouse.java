package dev.gatehouse.cli;

import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: what holds for every command under it. */
@Command(
    name = "gatehouse",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true)
final class Gatehouse {

  private final Terminal terminal;

  Gatehouse(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "text (the default), wide or json.")
  void output(OutputFormat format) {
    terminal.format(format);
  }
}
