package dev.gatehouse.local;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an instance is made of. */
enum Part {
  GATEWAY(1),
  TENANT_SERVICE(2),
  KEY_SERVICE(2),
  DATABASE(3),
  IDENTITY_PROVIDER(4),
  DEMO_BACKEND(4);

  private final int stage;

  Part(int stage) {
    this.stage = stage;
  }

  /** When it is stopped: lower ones first, equal ones together. */
  int stage() {
    return stage;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Set<Part> all() {
    return EnumSet.allOf(Part.class);
  }

  static Part named(String label) {
    return Stream.of(values())
        .filter(part -> part.label().equals(label))
        .findFirst()
        .orElseThrow(() -> Failure.usage("--only: '" + label + "' is none of " + labels() + "."));
  }

  private static String labels() {
    return Stream.of(values()).map(Part::label).collect(Collectors.joining(", "));
  }
}
