package dev.gatehouse.cli.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.MergePatch;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "set",
    description = {
      "Change what is known about a tenant. What is not named stays as it is.",
      "Its name is printed."
    })
@SuppressWarnings("NullAway.Init")
public final class TenantsSet implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Spec private CommandSpec spec;

  @Mixin private OneTenant tenant;

  @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call it.")
  private Optional<String> displayName;

  @Option(names = "--no-display-name", description = "It has only its name.")
  private boolean noDisplayName;

  @Option(
      names = "--limit",
      paramLabel = "NAME=NUMBER",
      description = "What it may use at most, repeatable: " + Limit.NAMES + ".")
  private List<Limit> limits = List.of();

  @Option(
      names = "--no-limit",
      paramLabel = "NAME",
      description = "Do not limit this any more, repeatable.")
  private List<LimitName> unlimited = List.of();

  @Mixin private WaitOption wait;

  public TenantsSet(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    JsonNode patch =
        new MergePatch(spec)
            .text("displayName", "display-name", displayName, noDisplayName)
            .set("limits", "limit", limits(), false)
            .body();
    Answer answer = connections.to(tenant.instance()).patch(tenant.resource().with(wait), patch);
    return TenantView.TENANTS.printWritten(terminal, answer);
  }

  private Optional<ObjectNode> limits() {
    ObjectNode numbers = Json.object();
    limits.forEach(limit -> numbers.put(limit.name().field(), limit.number()));
    for (LimitName name : unlimited) {
      if (numbers.has(name.field())) {
        throw new ParameterException(
            spec.commandLine(), "--limit and --no-limit name the same limit.");
      }
      numbers.putNull(name.field());
    }
    return Optional.of(numbers).filter(patch -> !patch.isEmpty());
  }
}
