package dev.gatehouse.cli.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ta-pubkeys-list",
    description = "Print the ids of the trusted public keys, one a line.")
@SuppressWarnings("NullAway.Init")
public final class TaPubkeysList implements Runnable {

  private static final List<String> COLUMNS =
      List.of("id", "opstraceId", "owner", "scopes", "algorithm", "createdAt", "description");

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
    switch (terminal.format()) {
      case TEXT -> terminal.printLines(ids(keys));
      case WIDE -> terminal.printLines(Table.of(keys, COLUMNS).lines());
      case JSON -> {
        ObjectNode json = Json.object();
        json.putArray("keys").addAll(keys);
        terminal.printJson(json);
      }
    }
  }

  /** A key that several owners trust is listed once. */
  private static List<String> ids(List<JsonNode> keys) {
    return keys.stream().map(key -> key.path("id").asText()).distinct().toList();
  }
}
