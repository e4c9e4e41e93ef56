package dev.gatehouse.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Print who did what, the newest first, an entry a line.")
@SuppressWarnings("NullAway.Init")
public final class AuditList implements Runnable {

  private static final int PAGE = 500;

  private static final List<String> SHORT = List.of("at", "actor", "action", "resource", "outcome");

  private static final List<String> WIDE =
      List.of(
          "at",
          "service",
          "sequence",
          "tenant",
          "actor",
          "client",
          "action",
          "resource",
          "outcome",
          "code",
          "requestId");

  private final Terminal terminal;
  private final Clock clock;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose log.")
  private Instance instance;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Only what is about it, or about * (all).")
  private Optional<Owner> tenant;

  @Option(
      names = "--actor",
      paramLabel = "USER_OR_KEY",
      description = "Only what this username did, or tokens of the key with this id.")
  private Optional<String> actor;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this, for example tenant.create.")
  private Optional<String> action;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "Only what was done or refused.")
  private Optional<OutcomeName> outcome;

  enum OutcomeName {
    DONE,
    REFUSED
  }

  @Mixin private Period period;

  @Option(names = "--oldest-first", description = "In the order in which it happened.")
  private boolean oldestFirst;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "Not more entries than this, by default 100.")
  private int limit;

  public AuditList(Terminal terminal, Clock clock, Connections connections) {
    this.terminal = terminal;
    this.clock = clock;
    this.connections = connections;
  }

  @Override
  public void run() {
    int most = Math.max(1, limit);
    List<JsonNode> entries = new ArrayList<>();
    boolean more =
        connections
            .to(instance)
            .each(
                resource(Math.min(most, PAGE)),
                "entries",
                entry -> entries.add(entry) && entries.size() < most);
    switch (terminal.format()) {
      case TEXT -> entries.forEach(entry -> terminal.printLine(line(row(entry))));
      case WIDE ->
          terminal.printLines(
              Table.of(entries.stream().map(AuditList::row).toList(), WIDE).lines());
      case JSON -> {
        ObjectNode json = Json.object();
        json.putArray("entries").addAll(entries);
        terminal.printJson(json);
      }
    }
    if (more) {
      terminal.note("there are more: pass a greater --limit, or say which with --since and so on.");
    }
  }

  private Resource resource(int page) {
    Resource log =
        Resource.AUDIT
            .with("tenant", tenant)
            .with("actor", actor)
            .with("action", action)
            .with("outcome", outcome.map(o -> o.name().toLowerCase(Locale.ROOT)));
    return period
        .in(log, clock.instant())
        .with("order", oldestFirst ? "asc" : "desc")
        .with("limit", Integer.toString(page));
  }

  private static String line(JsonNode row) {
    return SHORT.stream()
        .map(field -> Table.text(row.path(field)))
        .collect(Collectors.joining("  "));
  }

  /** The entry with its actor as {@code acme/alice}. */
  private static JsonNode row(JsonNode entry) {
    JsonNode actor = entry.path("actor");
    String user = actor.path("username").asText("");
    ObjectNode row = entry.deepCopy();
    return row.put("actor", actor.path("tenant").asText("-") + (user.isEmpty() ? "" : "/" + user));
  }
}
