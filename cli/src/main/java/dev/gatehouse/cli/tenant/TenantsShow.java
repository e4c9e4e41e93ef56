package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Print what is known about a tenant.")
@SuppressWarnings("NullAway.Init")
public final class TenantsShow implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneTenant tenant;

  public TenantsShow(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    TenantView.TENANTS.printOne(
        terminal, connections.to(tenant.instance()).get(tenant.resource()).body());
  }
}
