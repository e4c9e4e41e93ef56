package dev.gatehouse.cli.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.key.KeyFile;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Moment;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.token.Lifetime;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ta-pubkeys-add",
    description = {
      "Trust a public key: tokens that its private half signs are accepted.",
      "Of a key pair, only the public half is sent. The id of the key is printed."
    })
@SuppressWarnings("NullAway.Init")
public final class TaPubkeysAdd implements Callable<Integer> {

  private final Terminal terminal;
  private final Clock clock;
  private final Connections connections;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where to add it.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "FILE", description = "A key pair or a public key, PEM.")
  private Path file;

  @Option(
      names = "--owner",
      paramLabel = "TENANT",
      description =
          "It may sign for this tenant and those nested in it. Without: for every tenant.")
  private Optional<Owner> owner;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = "[ ,]",
      description = "What its tokens may do at most, repeatable; by default read and write data.")
  private List<Scope> scopes = List.of();

  @Option(names = "--description", paramLabel = "TEXT", description = "What people know it by.")
  private Optional<String> description;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it stops signing: 90d from now, or 2026-12-31; by default never.")
  private Optional<Moment> expires;

  @Option(
      names = "--max-token-lifetime",
      paramLabel = "TIME",
      description = "Refuse its tokens that are valid for longer, for example 30d.")
  private Optional<Lifetime> maxTokenLifetime;

  @Option(
      names = "--personal",
      description = "It belongs to the user who adds it, and goes when that user is removed.")
  private boolean personal;

  @Mixin private WaitOption wait;

  public TaPubkeysAdd(Terminal terminal, Clock clock, Connections connections) {
    this.terminal = terminal;
    this.clock = clock;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    JsonNode body = body();
    if (owner.isEmpty()) {
      terminal.note(
          "warning: this key may sign for every tenant: pass --owner TENANT to bind it to one.");
    }
    Answer answer = connections.to(instance).post(Resource.KEYS.with(wait), body);
    switch (terminal.format()) {
      case JSON -> terminal.printJson(answer.body());
      default ->
          answer.body().path("keys").forEach(key -> terminal.printLine(key.path("id").asText()));
    }
    return answer.receipt(terminal);
  }

  private JsonNode body() {
    ObjectNode body = Json.object();
    body.put("key", new KeyFile(file).publicHalf().pem());
    body.put("owner", owner.orElse(Owner.EVERY_TENANT).value());
    if (!scopes.isEmpty()) {
      body.set("scopes", Json.array(scopes));
    }
    description.ifPresent(text -> body.put("description", text));
    expires.ifPresent(when -> body.put("expiresAt", when.after(clock.instant()).toString()));
    maxTokenLifetime.ifPresent(time -> body.put("maxTokenLifetime", time.seconds()));
    if (personal) {
      body.put("personal", true);
    }
    return body;
  }
}
