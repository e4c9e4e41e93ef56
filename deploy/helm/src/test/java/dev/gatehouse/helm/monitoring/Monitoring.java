package dev.gatehouse.helm.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that are tested. */
final class Monitoring {

  static final Path CHECKOUT = Path.of(System.getProperty("gatehouse.checkout", "../.."));
  static final Path RULES = CHECKOUT.resolve("deploy/helm/gatehouse/monitoring/rules.yaml");
  static final Path RUNBOOKS = CHECKOUT.resolve("docs/runbooks");
  private static final Path DASHBOARDS =
      CHECKOUT.resolve("deploy/helm/gatehouse/monitoring/dashboards");
  private static final Path PROMTOOL = CHECKOUT.resolve("deploy/helm/src/test/promtool");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  private Monitoring() {}

  /** All rules, recording ones and alerts, in their order. */
  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    yaml(RULES)
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rule -> rules.add(Rule.of(rule))));
    return rules;
  }

  static List<Rule> alerts() {
    return rules().stream().filter(Rule::isAlert).toList();
  }

  /** The files with cases for promtool. */
  static List<Path> cases() {
    return list(PROMTOOL, ".yaml");
  }

  static List<Path> dashboards() {
    return list(DASHBOARDS, ".json");
  }

  static JsonNode yaml(Path file) {
    return read(YAML, file);
  }

  static JsonNode json(Path file) {
    return read(JSON, file);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> list(Path directory, String end) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A rule.
   *
   * @param name of the alert, or of the series that is recorded
   */
  record Rule(String name, boolean isAlert, String expr, JsonNode labels, JsonNode annotations) {

    private static Rule of(JsonNode rule) {
      boolean alert = rule.has("alert");
      return new Rule(
          rule.path(alert ? "alert" : "record").asText(),
          alert,
          rule.path("expr").asText(),
          rule.path("labels"),
          rule.path("annotations"));
    }

    String severity() {
      return labels.path("severity").asText();
    }

    @Override
    public String toString() {
      return name + (isAlert ? " (" + severity() + ")" : "");
    }
  }
}
