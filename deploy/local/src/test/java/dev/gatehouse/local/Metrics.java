package dev.gatehouse.local;

import java.util.stream.Stream;

/** Reads what a service exports for Prometheus. */
final class Metrics {
  private Metrics() {}

  /** The sum over all series of that name that have these labels, written as they stand there. */
  static double sum(String exported, String name, String... labels) {
    return exported
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
