package dev.gatehouse.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.issuer.IssuerName;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Username;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description = {
      "Remove the personal keys of somebody who has gone. Their ids are printed, one a line.",
      "That they log in no longer is for the identity provider to see to."
    })
@SuppressWarnings("NullAway.Init")
public final class UsersRemove implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where the keys are.")
  private Instance instance;

  @Parameters(
      index = "1",
      paramLabel = "ISSUER",
      description = "What the identity provider is called.")
  private IssuerName issuer;

  @Parameters(index = "2", paramLabel = "USERNAME", description = "As the provider names them.")
  private Username username;

  @Option(
      names = "--owner",
      paramLabel = "TENANT",
      description = "Whose issuer, or *, where several have one of this name.")
  private Optional<Owner> owner;

  @Mixin private WaitOption wait;

  public UsersRemove(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Resource user =
        Resource.USERS.child(issuer.value()).child(username.value()).with("owner", owner);
    Answer answer = connections.to(instance).delete(user.with(wait));
    JsonNode removed = answer.body().path("removedKeys");
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(answer.body());
    } else {
      removed.forEach(key -> terminal.printLine(key.asText()));
    }
    if (removed.isEmpty()) {
      terminal.note("%s of %s had no personal keys.".formatted(username, issuer));
    }
    return answer.receipt(terminal);
  }
}
