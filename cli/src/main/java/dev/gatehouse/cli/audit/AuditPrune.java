package dev.gatehouse.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.ControlApi;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "prune",
    description = {
      "Remove the entries from an instance that an export holds. Keep the export.",
      "Refused if the export is broken, or if the instance has older entries that it does not hold."
    })
@SuppressWarnings("NullAway.Init")
public final class AuditPrune implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Where to remove them.")
  private Instance instance;

  @Option(
      names = "--service",
      required = true,
      paramLabel = "SERVICE",
      description = "Of which service: tenants or keys.")
  private ServiceName service;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "EXPORT",
      description = "What audit export printed.")
  private Path file;

  public AuditPrune(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    ExportedLog.Chain chain = saved();
    ControlApi api = connections.to(instance);
    refuseToLose(api, chain);
    ObjectNode body =
        Json.object()
            .put("service", service.toString())
            .put("through", chain.last().sequence())
            .put("hash", chain.last().hash());
    JsonNode pruned = api.post(Resource.AUDIT.child("prune"), body).body();
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(pruned);
    } else {
      terminal.printLine(
          "%s: %s entries removed, the log begins with %s"
              .formatted(service, pruned.path("removed").asText(), pruned.path("from").asText()));
    }
  }

  private ExportedLog.Chain saved() {
    ExportedLog log = ExportedLog.read(file, terminal);
    if (log.firstBad().isPresent()) {
      throw new Failure(
          "%s, %s. Nothing is removed: export again.".formatted(file, log.firstBad().get()));
    }
    return log.chain(service)
        .orElseThrow(
            () -> new Failure("%s holds no entries of the service %s.".formatted(file, service)));
  }

  private void refuseToLose(ControlApi api, ExportedLog.Chain chain) {
    Resource oldest =
        Resource.AUDIT
            .with("service", service.toString())
            .with("order", "asc")
            .with("limit", Integer.toString(1));
    api.each(
        oldest,
        "entries",
        entry -> {
          long first = entry.path("sequence").asLong();
          if (first < chain.first().sequence()) {
            throw new Failure(
                "The log of %s begins with entry %d, and %s only with %d: export the older ones too."
                    .formatted(service, first, file, chain.first().sequence()));
          }
          return false;
        });
  }
}
