package dev.gatehouse.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that a run has found, as one table.
 *
 * @param machine on what, and with which programs
 * @param skipped what was not measured, as a program is missing
 * @param failed what could not be measured, and why
 */
record Report(
    Map<String, String> machine,
    List<Row> rows,
    Map<String, String> skipped,
    Map<String, String> failed) {

  private static final List<String> TITLES =
      List.of("what", "figure", "peer", "compared", "bound", "");

  Report {
    machine = new LinkedHashMap<>(machine);
    rows = List.copyOf(rows);
    skipped = new LinkedHashMap<>(skipped);
    failed = new LinkedHashMap<>(failed);
  }

  /**
   * 0: every bound is kept; 1: one is missed, or a case failed; 3: neither, but not everything was
   * measured.
   */
  int exitCode() {
    if (!failed.isEmpty() || !rows.stream().allMatch(Row::ok)) {
      return 1;
    }
    return skipped.isEmpty() ? 0 : 3;
  }

  String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(TITLES);
    for (Row row : rows) {
      lines.add(
          List.of(
              row.what(),
              Row.number(row.figure()) + " " + row.unit(),
              row.peer().isPresent()
                  ? Row.number(row.peer().getAsDouble()) + " " + row.unit()
                  : "–",
              row.comparison(),
              row.boundText(),
              row.verdict()));
    }
    StringBuilder table = new StringBuilder();
    machine.forEach((what, which) -> table.append(what).append(": ").append(which).append('\n'));
    table.append('\n');
    lines.forEach(line -> append(table, line, lines));
    skipped.forEach(
        (what, why) ->
            table.append("not measured: ").append(what).append(": ").append(why).append('\n'));
    failed.forEach(
        (what, why) -> table.append("FAILED: ").append(what).append(": ").append(why).append('\n'));
    return table.toString();
  }

  String json() throws JsonProcessingException {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("machine", machine);
    members.put("rows", rows.stream().map(Row::members).toList());
    members.put("skipped", skipped);
    members.put("failed", failed);
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(members)
        + "\n";
  }

  private static void append(StringBuilder table, List<String> line, List<List<String>> all) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < line.size(); column++) {
      int at = column;
      int width = all.stream().mapToInt(each -> each.get(at).length()).max().orElse(1);
      String format = column == 0 ? "%-" + width + "s" : "  %" + Math.max(1, width) + "s";
      text.append(String.format(Locale.ROOT, format, line.get(column)));
    }
    table.append(text.toString().stripTrailing()).append('\n');
  }
}
