package dev.gatehouse.cli.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "ta-pubkeys-remove",
    description = {
      "Stop trusting a public key: tokens that its private half signed are refused.",
      "Says for which other owners it is still trusted."
    })
@SuppressWarnings("NullAway.Init")
public final class TaPubkeysRemove implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneKey key;

  @Mixin private WaitOption wait;

  public TaPubkeysRemove(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Answer answer = connections.to(key.instance()).delete(key.resource().with(wait));
    JsonNode body = answer.body();
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(body);
    } else {
      terminal.printLine(body.path("id").asText(key.id().value()));
    }
    if (!body.path("remaining").isEmpty()) {
      terminal.note(
          "the key is still trusted for %s: remove it there too with --owner."
              .formatted(Table.text(body.path("remaining"))));
    }
    return answer.receipt(terminal);
  }
}
