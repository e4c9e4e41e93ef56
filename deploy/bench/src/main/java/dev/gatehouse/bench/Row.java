package dev.gatehouse.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of the table.
 *
 * @param peer the same of what it is compared with, measured in the same rounds
 * @param compared what is judged: the figure itself, or how it stands to the peer's
 * @param bound the most that {@link #judged()} may be; empty: it is told, not judged
 */
record Row(
    String what,
    double figure,
    String unit,
    OptionalDouble peer,
    Compared compared,
    OptionalDouble bound) {

  /** How a figure stands to the peer's. */
  enum Compared {
    ALONE,
    RATIO,
    DIFFERENCE
  }

  static Row of(String what, double figure, String unit) {
    return new Row(
        what, figure, unit, OptionalDouble.empty(), Compared.ALONE, OptionalDouble.empty());
  }

  static Row bounded(String what, double figure, String unit, double bound) {
    return new Row(
        what, figure, unit, OptionalDouble.empty(), Compared.ALONE, OptionalDouble.of(bound));
  }

  /** How many times the peer's figure ours is. */
  static Row ratio(String what, double figure, double peer, String unit, OptionalDouble bound) {
    return new Row(what, figure, unit, OptionalDouble.of(peer), Compared.RATIO, bound);
  }

  /** By how much our figure is above the peer's. */
  static Row difference(
      String what, double figure, double peer, String unit, OptionalDouble bound) {
    return new Row(what, figure, unit, OptionalDouble.of(peer), Compared.DIFFERENCE, bound);
  }

  double judged() {
    return switch (compared) {
      case ALONE -> figure;
      case RATIO -> figure / peer.orElseThrow();
      case DIFFERENCE -> figure - peer.orElseThrow();
    };
  }

  boolean ok() {
    return bound.isEmpty() || judged() <= bound.getAsDouble();
  }

  String comparison() {
    return switch (compared) {
      case ALONE -> "–";
      case RATIO -> String.format(Locale.ROOT, "%.2f ×", judged());
      case DIFFERENCE -> String.format(Locale.ROOT, "%+.2f %s", judged(), unit);
    };
  }

  String boundText() {
    if (bound.isEmpty()) {
      return "–";
    }
    return compared == Compared.RATIO
        ? String.format(Locale.ROOT, "%.2f ×", bound.getAsDouble())
        : number(bound.getAsDouble()) + " " + unit;
  }

  String verdict() {
    return bound.isEmpty() ? "" : ok() ? "ok" : "MISSED";
  }

  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("what", what);
    members.put("figure", figure);
    members.put("unit", unit);
    if (peer.isPresent()) {
      members.put("peer", peer.getAsDouble());
      members.put(compared == Compared.RATIO ? "ratio" : "difference", judged());
    }
    if (bound.isPresent()) {
      members.put("bound", bound.getAsDouble());
      members.put("ok", ok());
    }
    return members;
  }

  static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
