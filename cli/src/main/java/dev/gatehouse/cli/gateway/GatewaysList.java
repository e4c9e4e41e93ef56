package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = {
      "Print the ids of the gateways, one a line.",
      "With -o wide: what each applies, and how many changes it is behind."
    })
@SuppressWarnings("NullAway.Init")
public final class GatewaysList implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose gateways.")
  private Instance instance;

  public GatewaysList(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    GatewayView.GATEWAYS.printAll(
        terminal, connections.to(instance).list(Resource.GATEWAYS, "gateways"));
  }
}
