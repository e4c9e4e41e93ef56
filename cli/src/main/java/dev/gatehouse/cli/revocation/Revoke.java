package dev.gatehouse.cli.revocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.anchor.AnchorId;
import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.api.View;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Moment;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "revoke",
    description = {
      "Refuse tokens that are signed by a trusted key and not over.",
      "The id of the revocation is printed; with --key and --not-before the id of the key."
    })
@SuppressWarnings("NullAway.Init")
public final class Revoke implements Callable<Integer> {

  private static final View KEYS =
      new View("keys", "id", List.of("id", "owner", "tokensNotBefore"));

  private final Terminal terminal;
  private final Clock clock;
  private final Connections connections;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "INSTANCE", description = "Where they are to be refused.")
  private Instance instance;

  @Mixin private RevokedTokens tokens;

  @Option(
      names = "--owner",
      paramLabel = "TENANT",
      description =
          "For this tenant and those nested in it, or * for all; by default for your own.")
  private Optional<Owner> owner;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When the tokens end by themselves: 7 days later the revocation vanishes.")
  private Optional<Moment> expires;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever asks later.")
  private Optional<String> reason;

  @Mixin private WaitOption wait;

  public Revoke(Terminal terminal, Clock clock, Connections connections) {
    this.terminal = terminal;
    this.clock = clock;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Optional<AnchorId> key = tokens.olderOfKey();
    return key.isPresent() ? setNotBefore(key.get()) : revoke();
  }

  private int revoke() {
    ObjectNode body = body();
    owner.ifPresent(tenant -> body.put("owner", tenant.value()));
    expires.ifPresent(when -> body.put("expiresAt", when.after(clock.instant()).toString()));
    reason.ifPresent(text -> body.put("reason", text));
    Answer answer = connections.to(instance).post(Resource.REVOCATIONS.with(wait), body);
    return RevocationView.REVOCATIONS.printWritten(terminal, answer);
  }

  private int setNotBefore(AnchorId key) {
    if (reason.isPresent() || expires.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "The not-before of a key has no --reason and no --expires.");
    }
    ObjectNode body = Json.object();
    tokens.notBefore(clock.instant()).ifPresent(when -> body.put("at", when.toString()));
    Resource resource =
        Resource.KEYS.child(key.value()).child("not-before").with("owner", owner).with(wait);
    return KEYS.printWritten(terminal, connections.to(instance).post(resource, body));
  }

  private ObjectNode body() {
    try {
      return tokens.body(terminal, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
