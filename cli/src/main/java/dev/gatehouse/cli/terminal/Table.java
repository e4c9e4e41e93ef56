package dev.gatehouse.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rows under a head, columns aligned and two blanks apart; an absent value is a hyphen. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> head) {
    rows.add(head);
  }

  /** One row an object; a column's head is its field in capitals: {@code orgId} is ORG-ID. */
  public static Table of(List<JsonNode> objects, List<String> fields) {
    Table table = new Table(fields.stream().map(Table::head).toList());
    objects.forEach(
        object -> table.rows.add(fields.stream().map(field -> text(object.path(field))).toList()));
    return table;
  }

  public List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /** A JSON value as a cell: lists are joined by commas, objects are {@code name=value}. */
  public static String text(JsonNode value) {
    if (value.isArray()) {
      return joined(StreamSupport.stream(value.spliterator(), false).map(Table::text));
    }
    if (value.isObject()) {
      return joined(
          value.properties().stream()
              .map(field -> kebab(field.getKey()) + "=" + text(field.getValue())));
    }
    String text = value.asText("");
    return text.isEmpty() ? "-" : text;
  }

  private static String joined(Stream<String> parts) {
    String text = parts.collect(Collectors.joining(","));
    return text.isEmpty() ? "-" : text;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String head(String field) {
    return kebab(field).toUpperCase(Locale.ROOT);
  }

  private static String kebab(String field) {
    StringBuilder text = new StringBuilder();
    field
        .chars()
        .forEach(
            c -> {
              if (Character.isUpperCase(c)) {
                text.append('-');
              }
              text.append((char) Character.toLowerCase(c));
            });
    return text.toString();
  }
}
