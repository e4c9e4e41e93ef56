package dev.gatehouse.helm.monitoring;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the services export: lists that an integration test of deploy/local holds against their real
 * answers. A series in a rule may have the labels of its target too, and the names of what is
 * recorded.
 */
final class Exported {

  /** What Prometheus adds, by its own or by the scrape configuration in docs/observation.md. */
  private static final Set<String> OF_TARGETS = Set.of("job", "instance", "gatehouse_instance");

  private static final List<String> SERVICES = List.of("gateway", "tenant-service", "key-service");

  private final Map<String, Map<String, Set<String>>> byJob = new LinkedHashMap<>();
  private final Map<String, Set<String>> recorded;

  Exported() {
    for (String service : SERVICES) {
      byJob.put("gatehouse-" + service, read(service));
    }
    recorded =
        Monitoring.rules().stream()
            .filter(rule -> !rule.isAlert())
            .collect(
                Collectors.toMap(
                    Monitoring.Rule::name, rule -> Selector.groupings(rule.expr()), (a, b) -> a));
  }

  /** What is wrong with an expression; empty: nothing. */
  Set<String> wrong(String expression) {
    Set<String> wrong = new TreeSet<>();
    Set<String> known = new TreeSet<>(OF_TARGETS);
    for (Selector selector : Selector.of(expression)) {
      wrong.addAll(wrong(selector));
      known.addAll(labels(selector.metric()));
    }
    for (String label : Selector.groupings(expression)) {
      if (!known.contains(label)) {
        wrong.add("no metric has the label " + label);
      }
    }
    return wrong;
  }

  private Set<String> wrong(Selector selector) {
    Set<String> wrong = new TreeSet<>();
    String metric = selector.metric();
    if (!metric.equals("up") && !recorded.containsKey(metric)) {
      List<String> jobs =
          byJob.keySet().stream()
              .filter(job -> selector.job().isEmpty() || job.matches(selector.job()))
              .toList();
      List<String> with = jobs.stream().filter(job -> exports(job, metric)).toList();
      if (with.isEmpty() || (!selector.job().isEmpty() && !with.equals(jobs))) {
        wrong.add(metric + " is not exported by " + jobs);
      }
    }
    for (String label : selector.labels()) {
      if (!OF_TARGETS.contains(label) && !labels(metric).contains(label)) {
        wrong.add(metric + " has no label " + label);
      }
    }
    return wrong;
  }

  private boolean exports(String job, String metric) {
    return byJob.getOrDefault(job, Map.of()).containsKey(metric);
  }

  private Set<String> labels(String metric) {
    Set<String> labels = new TreeSet<>(recorded.getOrDefault(metric, Set.of()));
    byJob.values().forEach(metrics -> labels.addAll(metrics.getOrDefault(metric, Set.of())));
    return labels;
  }

  /** A line is the name of a metric and those of its labels. */
  private static Map<String, Set<String>> read(String service) {
    return Monitoring.text(
            Monitoring.CHECKOUT.resolve(
                "deploy/helm/src/test/resources/metrics/" + service + ".txt"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" ", -1))
        .collect(
            Collectors.toMap(
                words -> words[0],
                words -> Set.copyOf(Arrays.asList(words).subList(1, words.length))));
  }
}
