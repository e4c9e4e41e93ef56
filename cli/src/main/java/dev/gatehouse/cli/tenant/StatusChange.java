package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Gives a tenant another status. */
@SuppressWarnings("NullAway.Init")
abstract class StatusChange implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;
  private final String status;

  @Mixin private OneTenant tenant;

  @Mixin private WaitOption wait;

  StatusChange(Terminal terminal, Connections connections, String status) {
    this.terminal = terminal;
    this.connections = connections;
    this.status = status;
  }

  @Override
  public Integer call() {
    Answer answer =
        connections
            .to(tenant.instance())
            .patch(tenant.resource().with(wait), Json.object().put("status", status));
    return TenantView.TENANTS.printWritten(terminal, answer);
  }
}
