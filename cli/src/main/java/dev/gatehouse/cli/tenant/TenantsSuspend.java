package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "suspend",
    description =
        "Refuse every request of a tenant, and of those nested in it, until it is resumed.")
@SuppressWarnings("NullAway.Init")
public final class TenantsSuspend implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneTenant tenant;

  @Mixin private WaitOption wait;

  public TenantsSuspend(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Answer answer =
        connections
            .to(tenant.instance())
            .patch(tenant.resource().with(wait), Json.object().put("status", "suspended"));
    return TenantPrinter.print(terminal, answer);
  }
}
