package dev.gatehouse.cli.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where to remove it.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "KEY_ID", description = "Its id, or its Opstrace id.")
  private AnchorId key;

  @Option(
      names = "--owner",
      paramLabel = "TENANT",
      description = "Of which owner, or *, where several trust the key.")
  private Optional<Owner> owner;

  @Mixin private WaitOption wait;

  public TaPubkeysRemove(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Resource resource = Resource.KEYS.child(key.value()).with("owner", owner).with(wait);
    Answer answer = connections.to(instance).delete(resource);
    JsonNode body = answer.body();
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(body);
    } else {
      terminal.printLine(body.path("id").asText(key.value()));
    }
    if (!body.path("remaining").isEmpty()) {
      terminal.note(
          "the key is still trusted for %s: remove it there too with --owner."
              .formatted(Table.text(body.path("remaining"))));
    }
    return answer.receipt(terminal);
  }
}
