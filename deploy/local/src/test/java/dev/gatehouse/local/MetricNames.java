package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MetricNames by name, with the names of the labels that any of their series has.
 *
 * @param labels by the name of the metric
 */
record MetricNames(Map<String, Set<String>> labels) {
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? [^ ]+");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /** What a process shows to Prometheus. */
  static MetricNames of(int managementPort) {
    Map<String, Set<String>> labels = new TreeMap<>();
    Http.get(managementPort, "localhost", "/metrics")
        .body()
        .lines()
        .map(SERIES::matcher)
        .filter(Matcher::matches)
        .forEach(
            series -> {
              Set<String> known = labels.computeIfAbsent(series.group(1), name -> new TreeSet<>());
              Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
              while (label.find()) {
                known.add(label.group(1));
              }
            });
    return new MetricNames(labels);
  }

  /** The list that rules and dashboards are held against. */
  static MetricNames listed(String service) throws IOException {
    Map<String, Set<String>> labels = new TreeMap<>();
    Path list =
        RunningInstance.CHECKOUT.resolve(
            "deploy/helm/src/test/resources/metrics/" + service + ".txt");
    for (String line : Files.readAllLines(list)) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ", -1);
        Set<String> ofMetric = new TreeSet<>();
        for (int i = 1; i < words.length; i++) {
          ofMetric.add(words[i]);
        }
        labels.put(words[0], ofMetric);
      }
    }
    return new MetricNames(labels);
  }

  /** Those of ours: all are listed. */
  Map<String, Set<String>> ours() {
    Map<String, Set<String>> ours = new TreeMap<>(labels);
    ours.keySet().removeIf(name -> !name.startsWith("gatehouse_"));
    return ours;
  }

  /** Those of Quarkus and the JVM: only those are listed that somebody asks for. */
  Map<String, Set<String>> others() {
    Map<String, Set<String>> others = new TreeMap<>(labels);
    others.keySet().removeIf(name -> name.startsWith("gatehouse_"));
    return others;
  }
}
