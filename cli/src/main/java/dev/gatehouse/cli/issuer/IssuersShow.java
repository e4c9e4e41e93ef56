package dev.gatehouse.cli.issuer;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Print what is known about an issuer, its keys included.")
@SuppressWarnings("NullAway.Init")
public final class IssuersShow implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneIssuer issuer;

  public IssuersShow(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    IssuerView.ISSUERS.printOne(
        terminal, connections.to(issuer.instance()).get(issuer.resource()).body());
  }
}
