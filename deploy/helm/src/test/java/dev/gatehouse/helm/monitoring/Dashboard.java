package dev.gatehouse.helm.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A dashboard of Grafana. */
record Dashboard(String file, JsonNode json) {

  static List<Dashboard> all() {
    return Monitoring.dashboards().stream()
        .map(file -> new Dashboard(file.getFileName().toString(), Monitoring.json(file)))
        .toList();
  }

  /** Those that show something; rows do not. */
  List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    json.path("panels")
        .forEach(
            panel -> {
              if (!panel.path("type").asText().equals("row")) {
                panels.add(new Panel(file, panel));
              }
            });
    return panels;
  }

  List<String> variables() {
    List<String> names = new ArrayList<>();
    json.path("templating").path("list").forEach(it -> names.add(it.path("name").asText()));
    return names;
  }

  @Override
  public String toString() {
    return file;
  }

  /** One graph, or number. */
  record Panel(String file, JsonNode json) {

    String title() {
      return json.path("title").asText();
    }

    /** With what Grafana would put in the place of its variables. */
    List<String> queries() {
      List<String> queries = new ArrayList<>();
      json.path("targets").forEach(it -> queries.add(filled(it.path("expr").asText())));
      return queries;
    }

    static String filled(String query) {
      return query
          .replace("$__rate_interval", "5m")
          .replace("$__range", "1h")
          .replace("$gatehouse", "prod")
          .replace("$tenant", "acme");
    }

    @Override
    public String toString() {
      return file + ": " + title();
    }
  }
}
