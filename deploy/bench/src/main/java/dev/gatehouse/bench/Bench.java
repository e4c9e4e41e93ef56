package dev.gatehouse.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Measures the cases that are asked for, and prints one table. */
public final class Bench {

  private static final int OBJECTS = 100_000;

  private Bench() {}

  /** Exits with 0 when every bound is kept, 1 when one is missed, 2 on wrong usage. */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
    int objects = OBJECTS;
    boolean json = false;
    Path state = Path.of(".gatehouse");
    List<Case> cases = new ArrayList<>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--objects" -> objects = Integer.parseInt(rest.next());
        case "--state" -> state = Path.of(rest.next());
        case "--json" -> json = true;
        default -> {
          try {
            cases.add(Case.named(argument));
          } catch (IllegalArgumentException e) {
            err.println("run: " + e.getMessage());
            return 2;
          }
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    try (Instance instance = Instance.at(state)) {
      err.printf("Registering %,d tenants and as many keys%n", objects);
      rows.addAll(new Fill(instance).run(objects));
      for (Case each : cases.isEmpty() ? List.of(Case.values()) : cases) {
        err.println("Measuring " + each.label());
        rows.addAll(each.measure(instance, objects));
      }
    }
    out.print(json ? Row.json(rows) : Row.table(rows));
    return rows.stream().allMatch(Row::ok) ? 0 : 1;
  }
}
