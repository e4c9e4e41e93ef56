package dev.gatehouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of values in the chart's README, made from values.yaml: path, default, comment. */
final class ValueTable {

  static final String HEAD = "| value | default | effect |\n|---|---|---|\n";

  private static final Pattern LINE = Pattern.compile("( *)([A-Za-z]+):( .*)?");

  /** What Kubernetes reads as a whole is one value. */
  private static final List<String> WHOLE = List.of("resources");

  /** A value, and what stands above it; empty if nothing does. */
  record Row(String path, String defaultValue, Optional<String> comment) {
    String markdown() {
      return "| `%s` | `%s` | %s |\n".formatted(path, defaultValue, escaped(comment.orElse("")));
    }

    private static String escaped(String text) {
      return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
    }
  }

  private ValueTable() {}

  /** In the order of the file. */
  static List<Row> rows(String text) {
    ObjectNode values = Yaml.object(text);
    List<Row> rows = new ArrayList<>();
    List<String> comment = new ArrayList<>();
    Deque<String> path = new ArrayDeque<>();
    int inside = -1;
    for (String line : text.lines().toList()) {
      String trimmed = line.trim();
      if (trimmed.startsWith("#")) {
        comment.add(trimmed.substring(1).trim());
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        comment.clear(); // An empty line ends what was said.
        continue;
      }
      int depth = matcher.group(1).length() / 2;
      if (inside >= 0 && depth > inside) {
        continue;
      }
      inside = -1;
      while (path.size() > depth) {
        path.removeLast();
      }
      path.addLast(matcher.group(2));
      JsonNode value = values.at("/" + String.join("/", path));
      boolean whole = WHOLE.contains(matcher.group(2));
      if (whole || !value.isObject() || value.isEmpty()) {
        rows.add(new Row(String.join(".", path), value.toString(), said(comment)));
        inside = depth;
      }
      comment.clear();
    }
    return rows;
  }

  private static Optional<String> said(List<String> comment) {
    return comment.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", comment));
  }

  static String markdown(List<Row> rows) {
    StringBuilder table = new StringBuilder(HEAD);
    rows.forEach(row -> table.append(row.markdown()));
    return table.toString();
  }
}
