package dev.gatehouse.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.List;

/**
 * How one kind of object stands on standard output.
 *
 * @param members what a list of them is called in JSON
 * @param name the field that names one
 * @param columns the fields of a wide table
 */
public record View(String members, String name, List<String> columns) {

  public View {
    columns = List.copyOf(columns);
  }

  /** The object that was written, and as exit code how far the change has come. */
  public int printWritten(Terminal terminal, Answer answer) {
    switch (terminal.format()) {
      case TEXT -> terminal.printLine(nameOf(answer.body()));
      case WIDE -> printTable(terminal, List.of(answer.body()));
      case JSON -> terminal.printJson(answer.body());
    }
    return answer.receipt(terminal);
  }

  /** The name of what is gone, and as exit code how far the change has come. */
  public int printRemoved(Terminal terminal, String removed, Answer answer) {
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(answer.body());
    } else {
      terminal.printLine(removed);
    }
    return answer.receipt(terminal);
  }

  /** All that is known about one, a field a line. */
  public void printOne(Terminal terminal, JsonNode object) {
    switch (terminal.format()) {
      case TEXT ->
          object
              .properties()
              .forEach(
                  field ->
                      terminal.printLine(field.getKey() + ": " + Table.text(field.getValue())));
      case WIDE -> printTable(terminal, List.of(object));
      case JSON -> terminal.printJson(object);
    }
  }

  /** Each name once: a key that several owners trust is one key. */
  public void printAll(Terminal terminal, List<JsonNode> objects) {
    switch (terminal.format()) {
      case TEXT -> terminal.printLines(objects.stream().map(this::nameOf).distinct().toList());
      case WIDE -> printTable(terminal, objects);
      case JSON -> {
        ObjectNode json = Json.object();
        json.putArray(members).addAll(objects);
        terminal.printJson(json);
      }
    }
  }

  private void printTable(Terminal terminal, List<JsonNode> objects) {
    terminal.printLines(Table.of(objects, columns).lines());
  }

  private String nameOf(JsonNode object) {
    return object.path(name).asText();
  }
}
