package dev.gatehouse.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of the table.
 *
 * @param bound the most that {@code figure} may be; empty: it is told, not judged
 */
record Row(String what, double figure, String unit, OptionalDouble bound) {

  static Row of(String what, double figure, String unit) {
    return new Row(what, figure, unit, OptionalDouble.empty());
  }

  static Row bounded(String what, double figure, String unit, double bound) {
    return new Row(what, figure, unit, OptionalDouble.of(bound));
  }

  boolean ok() {
    return bound.isEmpty() || figure <= bound.getAsDouble();
  }

  static String table(List<Row> rows) {
    int width = rows.stream().mapToInt(row -> row.what().length()).max().orElse(4);
    StringBuilder table = new StringBuilder();
    line(table, width, "what", "figure", "bound", "");
    for (Row row : rows) {
      line(
          table,
          width,
          row.what(),
          number(row.figure()) + " " + row.unit(),
          row.bound().isPresent() ? number(row.bound().getAsDouble()) + " " + row.unit() : "–",
          row.bound().isEmpty() ? "" : row.ok() ? "ok" : "MISSED");
    }
    return table.toString();
  }

  static String json(List<Row> rows) throws JsonProcessingException {
    return JsonMapper.builder()
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(rows.stream().map(Row::members).toList())
        + "\n";
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("what", what);
    members.put("figure", figure);
    members.put("unit", unit);
    if (bound.isPresent()) {
      members.put("bound", bound.getAsDouble());
      members.put("ok", ok());
    }
    return members;
  }

  private static void line(
      StringBuilder table, int width, String what, String figure, String bound, String verdict) {
    table
        .append(
            String.format(
                    Locale.ROOT, "%-" + width + "s  %16s  %16s  %s", what, figure, bound, verdict)
                .stripTrailing())
        .append('\n');
  }

  private static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
