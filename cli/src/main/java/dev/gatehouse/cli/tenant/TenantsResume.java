package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine.Command;

@Command(name = "resume", description = "Let a suspended tenant in again.")
public final class TenantsResume extends StatusChange {

  public TenantsResume(Terminal terminal, Connections connections) {
    super(terminal, connections, "active");
  }
}
