package dev.gatehouse.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of the configuration reference. What stands between {@code <!-- SERVICE: MAPPING… -->}
 * and {@code <!-- end -->} is a table that is made from these mappings; all else is by hand.
 */
final class Reference {

  private static final Pattern TABLE =
      Pattern.compile("<!-- ([a-z-]+): ([A-Za-z ]+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)`");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final String HEAD =
      "| key, environment | type | default | effect |\n|---|---|---|---|\n";

  private final String text;

  Reference(String text) {
    this.text = text;
  }

  /** The same text with all tables as the sources say. */
  String written(Function<String, Sources> services) {
    Map<String, Set<String>> written = new LinkedHashMap<>();
    return TABLE
        .matcher(text)
        .replaceAll(
            table -> {
              Set<String> before =
                  written.computeIfAbsent(table.group(1), name -> new LinkedHashSet<>());
              StringBuilder rows = new StringBuilder(HEAD);
              for (String mapping : table.group(2).split(" ", -1)) {
                for (Key key : Mapping.keys(services.apply(table.group(1)), mapping)) {
                  // Two features may read the same key; the first to tell of it does.
                  if (before.add(key.name())) {
                    rows.append(key.row()).append('\n');
                  }
                }
              }
              return Matcher.quoteReplacement(
                  "<!-- "
                      + table.group(1)
                      + ": "
                      + table.group(2)
                      + " -->\n"
                      + rows
                      + "<!-- end -->");
            });
  }

  /** The mappings that a service's tables are made from. */
  List<String> mappings(String service) {
    List<String> mappings = new ArrayList<>();
    TABLE
        .matcher(text)
        .results()
        .filter(table -> table.group(1).equals(service))
        .forEach(table -> mappings.addAll(List.of(table.group(2).split(" ", -1))));
    return mappings;
  }

  /**
   * A row.
   *
   * @param key its first name
   * @param values what its third cell shows as values
   */
  record Row(String key, List<String> values) {}

  /** The rows of keys that begin so. */
  List<Row> rowsOf(String prefix) {
    return text.lines()
        .filter(line -> line.startsWith("| `" + prefix))
        .map(line -> line.split(" \\| ", -1))
        .map(cells -> new Row(quoted(cells[0]).get(0), quoted(cells[2])))
        .toList();
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  /** The first cell of each row, by hand or not. */
  List<String> rows() {
    return ROW.matcher(text).results().map(row -> row.group(1)).toList();
  }
}
