package dev.gatehouse.cli.revocation;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Print what is known about a revocation.")
@SuppressWarnings("NullAway.Init")
public final class RevocationsShow implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneRevocation revocation;

  public RevocationsShow(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    RevocationView.REVOCATIONS.printOne(
        terminal, connections.to(revocation.instance()).get(revocation.resource()).body());
  }
}
