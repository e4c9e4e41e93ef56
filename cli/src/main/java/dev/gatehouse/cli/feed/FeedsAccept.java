package dev.gatehouse.cli.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.ControlApi;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "accept",
    description = {
      "Let the gateways follow a service whose database was restored.",
      "Lists first what comes back and what goes away with it, and asks."
    })
@SuppressWarnings("NullAway.Init")
public final class FeedsAccept implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Whose gateways.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "FEED", description = "tenants or keys.")
  private FeedName feed;

  @Option(names = "--yes", description = "Do not ask. Needed where nobody is there to be asked.")
  private boolean yes;

  public FeedsAccept(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    ControlApi api = connections.to(instance);
    JsonNode other = otherHistory(api);
    tell(other, "comesBack", "come back");
    tell(other, "goesAway", "go away");
    if (!yes) {
      ask();
    }
    JsonNode accepted =
        api.post(Resource.FEEDS.child(feed + "").child("accept"), body(other)).body();
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(accepted);
    } else {
      terminal.printLine(feed.toString());
    }
  }

  private JsonNode otherHistory(ControlApi api) {
    JsonNode state =
        StreamSupport.stream(api.get(Resource.FEEDS).body().path("feeds").spliterator(), false)
            .filter(candidate -> candidate.path("feed").asText().equals(feed.toString()))
            .findFirst()
            .orElseGet(Json::object);
    if (!state.path("other").isObject()) {
      throw new Failure(
          "The gateway that answers has met no other history of %s (%s): there is nothing to accept."
              .formatted(feed, state.path("state").asText("unknown")));
    }
    return state.path("other");
  }

  private void tell(JsonNode other, String field, String verb) {
    JsonNode objects = other.path(field);
    long total = Math.max(objects.size(), other.path(field + "Total").asLong());
    terminal.note("%d of %s would %s%s".formatted(total, feed, verb, total == 0 ? "." : ":"));
    for (JsonNode object : objects) {
      terminal.note(
          "  %s %s (%s)"
              .formatted(
                  object.path("kind").asText(),
                  object.path("name").asText(),
                  object.path("id").asText()));
    }
    if (total > objects.size()) {
      terminal.note("  and %d more.".formatted(total - objects.size()));
    }
  }

  private void ask() {
    boolean agreed =
        terminal
            .confirmed("Let every gateway of " + instance + " follow this?")
            .orElseThrow(
                () -> new Failure("Nobody is there to be asked: pass --yes if this is meant."));
    if (!agreed) {
      throw new Failure("Nothing was changed: the gateways go on with what they know.");
    }
  }

  /** With the hash of what was listed, so that nothing else is accepted. */
  private static ObjectNode body(JsonNode other) {
    ObjectNode body = Json.object();
    String hash = other.path("hash").asText("");
    return hash.isEmpty() ? body : body.put("hash", hash);
  }
}
