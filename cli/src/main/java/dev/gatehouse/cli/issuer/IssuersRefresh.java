package dev.gatehouse.cli.issuer;

import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "refresh",
    description = "Fetch an issuer's keys now. When they are there, its name is printed.")
@SuppressWarnings("NullAway.Init")
public final class IssuersRefresh implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneIssuer issuer;

  public IssuersRefresh(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Answer answer = connections.to(issuer.instance()).post(issuer.refresh());
    return IssuerView.ISSUERS.printWritten(terminal, answer);
  }
}
