package dev.gatehouse.cli.anchor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Moment;
import dev.gatehouse.cli.terminal.Terminal;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "not-before",
    description = {
      "Refuse every token that a trusted key signed before now, or before another time.",
      "The key stays trusted for later ones. The time never goes back."
    })
@SuppressWarnings("NullAway.Init")
public final class KeysNotBefore implements Callable<Integer> {

  private final Terminal terminal;
  private final Clock clock;
  private final Connections connections;

  @Mixin private OneKey key;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Before when: 2026-01-31T12:00:00Z, or 1h ago; by default now.")
  private Optional<Moment> at;

  @Mixin private WaitOption wait;

  public KeysNotBefore(Terminal terminal, Clock clock, Connections connections) {
    this.terminal = terminal;
    this.clock = clock;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    ObjectNode body = Json.object();
    at.filter(when -> !when.isNow())
        .ifPresent(when -> body.put("at", when.before(clock.instant()).toString()));
    Answer answer = connections.to(key.instance()).post(key.notBefore().with(wait), body);
    return KeyView.KEYS.printWritten(terminal, answer);
  }
}
