package dev.gatehouse.bench;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What a run is asked for.
 *
 * @param objects the most tenants, and as many keys, that are registered
 * @param quick fewer and shorter rounds, for a look; the figures are worth less
 * @param cases in the order in which they are declared, whatever the order in which they are named
 */
record Options(Path checkout, int objects, boolean quick, boolean json, Set<Case> cases) {

  private static final int OBJECTS = 100_000;
  private static final int QUICK_OBJECTS = 2_000;

  Options {
    cases = cases.isEmpty() ? EnumSet.allOf(Case.class) : EnumSet.copyOf(cases);
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Options parse(List<String> arguments) {
    int objects = 0;
    boolean quick = false;
    boolean json = false;
    Path checkout = Path.of("");
    Set<Case> cases = EnumSet.noneOf(Case.class);
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--objects" -> objects = Integer.parseInt(rest.next());
        case "--checkout" -> checkout = Path.of(rest.next());
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        default -> cases.add(Case.named(argument));
      }
    }
    if (objects == 0) {
      objects = quick ? QUICK_OBJECTS : OBJECTS;
    }
    return new Options(checkout.toAbsolutePath(), objects, quick, json, cases);
  }

  /** How many rounds count, and of how many seconds. */
  Duel duel() {
    return quick ? new Duel(3, 1) : new Duel(5, 2);
  }

  int rounds() {
    return quick ? 3 : 5;
  }
}
