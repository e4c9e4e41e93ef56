package dev.gatehouse.cli.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.MergePatch;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Moment;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.token.Lifetime;
import dev.gatehouse.common.name.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "set",
    description = {
      "Change what is known about a trusted key. What is not named stays as it is.",
      "Its id is printed."
    })
@SuppressWarnings("NullAway.Init")
public final class KeysSet implements Callable<Integer> {

  private final Terminal terminal;
  private final Clock clock;
  private final Connections connections;

  @Spec private CommandSpec spec;

  @Mixin private OneKey key;

  @Option(names = "--description", paramLabel = "TEXT", description = "What people know it by.")
  private Optional<String> description;

  @Option(names = "--no-description", description = "It has none.")
  private boolean noDescription;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it stops signing: 90d from now, or 2026-12-31.")
  private Optional<Moment> expires;

  @Option(names = "--no-expires", description = "It does not expire.")
  private boolean noExpires;

  @Option(
      names = "--max-token-lifetime",
      paramLabel = "TIME",
      description = "Refuse its tokens that are valid for longer, for example 30d.")
  private Optional<Lifetime> maxTokenLifetime;

  @Option(names = "--no-max-token-lifetime", description = "Its tokens may be valid for any time.")
  private boolean noMaxTokenLifetime;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = "[ ,]",
      description = "All that its tokens may do from now on, repeatable.")
  private List<Scope> scopes = List.of();

  @Mixin private WaitOption wait;

  public KeysSet(Terminal terminal, Clock clock, Connections connections) {
    this.terminal = terminal;
    this.clock = clock;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    JsonNode patch = patch().body();
    Answer answer = connections.to(key.instance()).patch(key.resource().with(wait), patch);
    return KeyView.KEYS.printWritten(terminal, answer);
  }

  private MergePatch patch() {
    Optional<String> expiresAt = expires.map(when -> when.after(clock.instant()).toString());
    Optional<LongNode> seconds = maxTokenLifetime.map(time -> LongNode.valueOf(time.seconds()));
    Optional<ArrayNode> names = Optional.of(Json.array(scopes)).filter(list -> !list.isEmpty());
    return new MergePatch(spec)
        .text("description", "description", description, noDescription)
        .text("expiresAt", "expires", expiresAt, noExpires)
        .set("maxTokenLifetime", "max-token-lifetime", seconds, noMaxTokenLifetime)
        .set("scopes", "scope", names, false);
  }
}
