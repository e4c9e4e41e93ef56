package dev.gatehouse.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.ControlApi;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Pause;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Bring in what export wrote, with the ids that it had. What is there already stays.",
      "Stops at the first entry that contradicts what is there. It may be repeated."
    })
@SuppressWarnings("NullAway.Init")
public final class Import implements Runnable {

  private final Terminal terminal;
  private final Connections connections;
  private final Pause pause;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where to bring it in.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "FILE", description = "What export wrote.")
  private Path path;

  @Option(
      names = "--dry-run",
      description = "Only check the file and count what is in it; the instance is not called.")
  private boolean dryRun;

  private long created;
  private long unchanged;

  public Import(Terminal terminal, Connections connections, Pause pause) {
    this.terminal = terminal;
    this.connections = connections;
    this.pause = pause;
  }

  @Override
  public void run() {
    RegistryFile file = new RegistryFile(path);
    Map<RegistryKind, Long> counts = file.check();
    if (dryRun) {
      print(counts);
      return;
    }
    ControlApi api = connections.to(instance);
    Batches batches =
        new Batches((service, first, last, entries) -> send(api, service, first, last, entries));
    file.read(batches);
    batches.finish();
    ObjectNode result = Json.object().put("created", created).put("unchanged", unchanged);
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(result);
    } else {
      terminal.printLine("%d created, %d unchanged".formatted(created, unchanged));
    }
  }

  private void send(
      ControlApi api, RegistryKind.Service service, long first, long last, ArrayNode entries) {
    ObjectNode body = Json.object();
    body.set("entries", entries);
    try {
      JsonNode result =
          api.postPatiently(Resource.REGISTRY.child(service.path()), body, pause).body();
      created += result.path("created").asLong();
      unchanged += result.path("unchanged").asLong();
    } catch (Failure e) {
      throw new Failure(
          "%s Lines %d to %d of %s were not imported, nor what follows; before them, %d were created and %d were there."
              .formatted(e.getMessage(), first, last, path, created, unchanged),
          e);
    }
  }

  private void print(Map<RegistryKind, Long> counts) {
    ObjectNode json = Json.object();
    counts.forEach((kind, count) -> json.put(kind.toString(), count));
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(json);
    } else {
      counts.forEach((kind, count) -> terminal.printLine(kind + ": " + count));
    }
  }
}
