package dev.gatehouse.cli.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "remove",
    description = {
      "Remove a tenant, with the keys and issuers that belong to it. Data in backends stays.",
      "The names of what was removed are printed, one a line."
    })
@SuppressWarnings("NullAway.Init")
public final class TenantsRemove implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneTenant tenant;

  @Option(names = "--recursive", description = "Remove the tenants nested in it too.")
  private boolean recursive;

  @Mixin private WaitOption wait;

  public TenantsRemove(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Resource resource = tenant.resource().with(wait);
    Answer answer =
        connections
            .to(tenant.instance())
            .delete(recursive ? resource.with("recursive", "true") : resource);
    JsonNode body = answer.body();
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(body);
    } else if (body.path("removed").isEmpty()) {
      terminal.printLine(tenant.name().value());
    } else {
      body.path("removed").forEach(name -> terminal.printLine(name.asText()));
    }
    return answer.receipt(terminal);
  }
}
