package dev.gatehouse.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Print the names of the known instances, one a line.")
public final class InstancesList implements Runnable {

  private final Terminal terminal;
  private final ConfigFile config;

  public InstancesList(Terminal terminal, ConfigFile config) {
    this.terminal = terminal;
    this.config = config;
  }

  @Override
  public void run() {
    List<JsonNode> instances = config.instances().stream().map(InstancesList::json).toList();
    switch (terminal.format()) {
      case TEXT -> instances.forEach(i -> terminal.printLine(i.path("name").asText()));
      case WIDE ->
          terminal.printLines(Table.of(instances, List.of("name", "url", "login")).lines());
      case JSON -> {
        ObjectNode json = Json.object();
        json.putArray("instances").addAll(instances);
        terminal.printJson(json);
      }
    }
  }

  /** Without the secret. */
  private static JsonNode json(KnownInstance instance) {
    ObjectNode json = Json.object();
    json.put("name", instance.name().value());
    json.put("url", instance.url().toString());
    instance.login().ifPresent(login -> json.put("login", login.kind()));
    return json;
  }
}
