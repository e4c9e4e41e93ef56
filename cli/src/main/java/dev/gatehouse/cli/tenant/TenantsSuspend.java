package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine.Command;

@Command(
    name = "suspend",
    description =
        "Refuse every request of a tenant, and of those nested in it, until it is resumed.")
public final class TenantsSuspend extends StatusChange {

  public TenantsSuspend(Terminal terminal, Connections connections) {
    super(terminal, connections, "suspended");
  }
}
