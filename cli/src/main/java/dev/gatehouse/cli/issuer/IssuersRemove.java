package dev.gatehouse.cli.issuer;

import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "remove",
    description = "Accept the tokens of an issuer no longer. Its name is printed.")
@SuppressWarnings("NullAway.Init")
public final class IssuersRemove implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneIssuer issuer;

  @Mixin private WaitOption wait;

  public IssuersRemove(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Answer answer = connections.to(issuer.instance()).delete(issuer.resource().with(wait));
    return IssuerView.ISSUERS.printRemoved(terminal, issuer.name(), answer);
  }
}
