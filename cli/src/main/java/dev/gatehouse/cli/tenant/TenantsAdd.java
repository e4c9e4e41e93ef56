package dev.gatehouse.cli.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.OrgId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "add", description = "Register a tenant. Its name is printed.")
@SuppressWarnings("NullAway.Init")
public final class TenantsAdd implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneTenant tenant;

  @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call it.")
  private Optional<String> displayName;

  @Option(
      names = "--org-id",
      paramLabel = "ID",
      description = "The organisation id that backends know it by, to adopt data that is there.")
  private Optional<OrgId> orgId;

  @Option(
      names = "--reuse",
      description = "Let it inherit the data of a removed tenant of the same name or org id.")
  private boolean reuse;

  @Option(
      names = "--limit",
      paramLabel = "NAME=NUMBER",
      description = "What it may use at most, repeatable: " + Limit.NAMES + ".")
  private List<Limit> limits = List.of();

  @Mixin private WaitOption wait;

  public TenantsAdd(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    ObjectNode body = Json.object().put("name", tenant.name().value());
    displayName.ifPresent(text -> body.put("displayName", text));
    orgId.ifPresent(id -> body.put("orgId", id.value()));
    if (!limits.isEmpty()) {
      ObjectNode numbers = body.putObject("limits");
      limits.forEach(limit -> numbers.put(limit.name().field(), limit.number()));
    }
    if (reuse) {
      body.put("reuse", true);
    }
    Answer answer = connections.to(tenant.instance()).post(Resource.TENANTS.with(wait), body);
    return TenantView.TENANTS.printWritten(terminal, answer);
  }
}
