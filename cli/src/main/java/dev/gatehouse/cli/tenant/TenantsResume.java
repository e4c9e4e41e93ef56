package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "resume", description = "Let a suspended tenant in again.")
@SuppressWarnings("NullAway.Init")
public final class TenantsResume implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneTenant tenant;

  @Mixin private WaitOption wait;

  public TenantsResume(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Answer answer =
        connections
            .to(tenant.instance())
            .patch(tenant.resource().with(wait), Json.object().put("status", "active"));
    return TenantPrinter.print(terminal, answer);
  }
}
