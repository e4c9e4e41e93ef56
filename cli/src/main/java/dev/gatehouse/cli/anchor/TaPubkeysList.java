package dev.gatehouse.cli.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ta-pubkeys-list",
    description = {
      "Print the ids of the trusted public keys, one a line.",
      "With -o wide: when each was last used and when it expires, so that unused ones are found."
    })
@SuppressWarnings("NullAway.Init")
public final class TaPubkeysList implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose keys.")
  private Instance instance;

  @Option(names = "--owner", paramLabel = "TENANT", description = "Only those of this owner, or *.")
  private Optional<Owner> owner;

  public TaPubkeysList(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    List<JsonNode> keys = connections.to(instance).list(Resource.KEYS.with("owner", owner), "keys");
    KeyView.KEYS.printAll(terminal, keys);
  }
}
