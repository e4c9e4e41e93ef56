package dev.gatehouse.cli.revocation;

import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "remove",
    description = "Accept the tokens again that a revocation names. Its id is printed.")
@SuppressWarnings("NullAway.Init")
public final class RevocationsRemove implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneRevocation revocation;

  @Mixin private WaitOption wait;

  public RevocationsRemove(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Answer answer = connections.to(revocation.instance()).delete(revocation.resource().with(wait));
    return RevocationView.REVOCATIONS.printRemoved(terminal, revocation.id(), answer);
  }
}
