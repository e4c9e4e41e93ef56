package dev.gatehouse.gateway.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Reads the tables of operations that say what the built-in catalogs must do. */
final class OperationTable {

  /** One method of one path. */
  record Row(String kind, String method, String path) {

    @Override
    public String toString() {
      return method + " " + path + " is " + kind;
    }
  }

  private OperationTable() {}

  /** The rows of {@code catalogs/<name>-operations.txt}, with {@code P} replaced. */
  static List<Row> rows(String name, String prefix) {
    List<Row> rows = new ArrayList<>();
    for (String line : text(name).split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] cells = line.split(" \\| ", -1);
        for (String method : cells[1].split(",", -1)) {
          for (String path : expand(cells[2].replace("<n>", "some%20name"))) {
            rows.add(
                new Row(
                    cells[0], method, path.startsWith("P") ? prefix + path.substring(1) : path));
          }
        }
      }
    }
    return rows;
  }

  /** The decoded segments of a path. */
  static List<String> segments(String path) {
    return Arrays.stream(path.substring(1).split("/", -1))
        .map(segment -> segment.replace("%20", " ").replace("%2F", "/"))
        .toList();
  }

  private static List<String> expand(String path) {
    int brace = first(path);
    if (brace < 0) {
      return List.of(path);
    }
    boolean optional = path.charAt(brace) == '[';
    int end = closing(path, brace);
    List<String> expanded = new ArrayList<>();
    for (String choice : choices(path.substring(brace + 1, end), optional)) {
      expanded.addAll(expand(path.substring(0, brace) + choice + path.substring(end + 1)));
    }
    return expanded;
  }

  private static List<String> choices(String inner, boolean optional) {
    return optional ? List.of("", inner) : Arrays.asList(inner.split(",", -1));
  }

  private static int first(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '{' || path.charAt(i) == '[') {
        return i;
      }
    }
    return -1;
  }

  private static int closing(String path, int open) {
    int depth = 0;
    for (int i = open; i < path.length(); i++) {
      char c = path.charAt(i);
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException(path);
  }

  private static String text(String name) {
    String file = "/catalogs/" + name + "-operations.txt";
    try (InputStream in =
        Objects.requireNonNull(OperationTable.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
