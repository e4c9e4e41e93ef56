package dev.gatehouse.cli.issuer;

import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = {
      "Print the names of the issuers, one a line.",
      "With -o wide: when their keys were last fetched, and what went wrong since."
    })
@SuppressWarnings("NullAway.Init")
public final class IssuersList implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose issuers.")
  private Instance instance;

  @Option(names = "--owner", paramLabel = "TENANT", description = "Only those of this owner, or *.")
  private Optional<Owner> owner;

  public IssuersList(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    IssuerView.ISSUERS.printAll(
        terminal, connections.to(instance).list(Resource.ISSUERS.with("owner", owner), "issuers"));
  }
}
