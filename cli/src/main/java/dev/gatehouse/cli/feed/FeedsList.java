package dev.gatehouse.cli.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description =
        "Print whether the gateway that answers follows each feed, is cut off from it, or has met"
            + " another history.")
@SuppressWarnings("NullAway.Init")
public final class FeedsList implements Runnable {

  private static final List<String> COLUMNS =
      List.of("feed", "state", "revision", "head", "age", "epoch");

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose feeds.")
  private Instance instance;

  public FeedsList(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    JsonNode body = connections.to(instance).get(Resource.FEEDS).body();
    List<JsonNode> feeds = new ArrayList<>();
    body.path("feeds").forEach(feeds::add);
    switch (terminal.format()) {
      case TEXT ->
          feeds.forEach(
              feed ->
                  terminal.printLine(
                      feed.path("feed").asText() + ": " + feed.path("state").asText()));
      case WIDE -> terminal.printLines(Table.of(feeds, COLUMNS).lines());
      case JSON -> terminal.printJson(body);
    }
  }
}
