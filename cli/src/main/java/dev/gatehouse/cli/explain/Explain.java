package dev.gatehouse.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.token.GivenToken;
import dev.gatehouse.common.name.Instance;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Print, step by step, why a request with a token is let through, or is not.",
      "The token is sent to the instance, as its bearer would. No backend is called."
    })
@SuppressWarnings("NullAway.Init")
public final class Explain implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Who would decide.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "METHOD", description = "GET, POST and so on.")
  private String method;

  /** With a query, so not of the kind that other options take. */
  @Parameters(index = "2", paramLabel = "URL", description = "Of the request, with its host.")
  private RequestUrl url;

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = "The token that it carries; - is standard input.")
  private Path tokenFile;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = "A header of the request, repeatable.")
  private List<RequestHeader> headers = List.of();

  public Explain(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  /** Absolute, of HTTP, with whatever path and query. */
  public record RequestUrl(URI value) {

    public static RequestUrl parse(String text) {
      URI url = URI.create(text);
      if (!url.isAbsolute() || url.getRawAuthority() == null) {
        throw new IllegalArgumentException("a request goes to a URL with a host");
      }
      return new RequestUrl(url);
    }
  }

  @Override
  public void run() {
    ObjectNode body =
        Json.object()
            .put("token", GivenToken.read(tokenFile, terminal).value())
            .put("method", method.toUpperCase(Locale.ROOT))
            .put("url", url.value().toString());
    if (!headers.isEmpty()) {
      ObjectNode fields = body.putObject("headers");
      headers.forEach(header -> fields.withArray(header.name()).add(header.value()));
    }
    JsonNode explanation = connections.to(instance).post(Resource.EXPLAIN, body).body();
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(explanation);
    } else {
      print(explanation);
    }
  }

  private void print(JsonNode explanation) {
    if (terminal.format() == OutputFormat.WIDE) {
      List<JsonNode> steps = new ArrayList<>();
      explanation.path("steps").forEach(steps::add);
      terminal.printLines(Table.of(steps, List.of("step", "outcome", "detail")).lines());
      return;
    }
    for (JsonNode step : explanation.path("steps")) {
      terminal.printLine(
          "%s: %s: %s"
              .formatted(
                  step.path("step").asText(),
                  step.path("outcome").asText(),
                  step.path("detail").asText()));
    }
    String code = explanation.path("code").asText("");
    terminal.printLine(
        explanation.path("decision").asText() + (code.isEmpty() ? "" : " with " + code));
  }
}
