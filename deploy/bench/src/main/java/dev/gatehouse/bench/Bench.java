package dev.gatehouse.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the cases that are asked for, and prints one table. */
public final class Bench {

  private static final int WRONG_USAGE = 2;

  private Bench() {}

  /**
   * Exits with 0 when every bound is kept, 1 when one is missed, 2 on wrong usage, 3 when none is
   * missed but something could not be measured.
   */
  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("run: " + e.getMessage());
      System.exit(WRONG_USAGE);
      return;
    }
    Report report = measure(options, System.err);
    System.out.print(options.json() ? report.json() : report.table());
    System.exit(report.exitCode());
  }

  private static Report measure(Options options, PrintStream progress) throws Exception {
    List<Row> rows = new ArrayList<>();
    Map<String, String> skipped = new LinkedHashMap<>();
    Map<String, String> failed = new LinkedHashMap<>();
    Setting setting = new Setting(options, progress);
    Thread stop = new Thread(() -> stop(setting), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (setting) {
      for (Case each : options.cases()) {
        List<String> missing = each.missing();
        if (missing.isEmpty()) {
          progress.println("Measuring " + each.label());
          try {
            rows.addAll(each.measure(setting));
          } catch (Exception e) {
            // What was measured before and what can be after is worth telling.
            e.printStackTrace(progress);
            failed.put(each.label(), String.valueOf(e.getMessage()));
          }
        } else {
          String why = "not installed: " + String.join(", ", missing);
          progress.println("Leaving out " + each.label() + ", " + why);
          skipped.put(each.label(), why);
        }
      }
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    return new Report(Machine.description(), rows, skipped, failed);
  }

  private static void stop(Setting setting) {
    try {
      setting.close();
    } catch (Exception e) {
      System.err.println("run: while stopping: " + e);
    }
  }
}
