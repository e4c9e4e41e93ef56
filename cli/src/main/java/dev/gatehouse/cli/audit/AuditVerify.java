package dev.gatehouse.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.ExitCode;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    description = {
      "Check that the audit log of an instance, or of an export, is what was written.",
      "Exits with 1 and names the first bad entry if it is not."
    })
@SuppressWarnings("NullAway.Init")
public final class AuditVerify implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "INSTANCE",
      description = "Whose log; it is held against what the gateways remember of it.")
  private Optional<Instance> instance;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "What audit export printed, checked here without a network; - is standard input.")
  private Optional<Path> file;

  public AuditVerify(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    if (instance.isPresent() == file.isPresent()) {
      throw new ParameterException(spec.commandLine(), "Pass either an INSTANCE or a --file.");
    }
    return file.isPresent() ? verify(file.get()) : verify(instance.orElseThrow());
  }

  private int verify(Instance name) {
    JsonNode result = connections.to(name).get(Resource.AUDIT.child("verify")).body();
    for (JsonNode service : result.path("services")) {
      JsonNode bad = service.path("firstBad");
      if (!bad.isMissingNode()) {
        terminal.note(
            "%s: the first bad entry is %s: %s."
                .formatted(
                    service.path("service").asText(),
                    bad.path("sequence").asText(),
                    bad.path("why").asText()));
      }
    }
    boolean intact = result.path("intact").asBoolean();
    if (!intact) {
      terminal.note(
          "the audit log of %s is not what was written: keep its database as it is, and look who could write to it."
              .formatted(name));
    }
    return print(result, intact);
  }

  private int verify(Path export) {
    ExportedLog log = ExportedLog.read(export, terminal);
    log.firstBad().ifPresent(bad -> terminal.note(export + ", " + bad + "."));
    return print(json(log), log.firstBad().isEmpty());
  }

  private int print(JsonNode result, boolean intact) {
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(result);
    } else {
      result.path("services").forEach(service -> terminal.printLine(line(service)));
    }
    return intact ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String line(JsonNode service) {
    return "%s: %s, %s entries, %s to %s"
        .formatted(
            service.path("service").asText(),
            service.path("intact").asBoolean() ? "intact" : "broken",
            service.path("entries").asText("0"),
            service.path("from").asText("-"),
            service.path("to").asText("-"));
  }

  private static JsonNode json(ExportedLog log) {
    ObjectNode json = Json.object().put("intact", log.firstBad().isEmpty());
    ArrayNode services = json.putArray("services");
    Optional<String> broken = log.firstBad().flatMap(bad -> bad.entry()).map(Link::service);
    log.chains()
        .forEach(
            chain ->
                services
                    .addObject()
                    .put("service", chain.service())
                    .put("intact", !broken.equals(Optional.of(chain.service())))
                    .put("entries", chain.entries())
                    .put("from", chain.first().sequence())
                    .put("to", chain.last().sequence()));
    log.firstBad()
        .ifPresent(
            bad -> json.putObject("firstBad").put("line", bad.number()).put("why", bad.why()));
    return json;
  }
}
