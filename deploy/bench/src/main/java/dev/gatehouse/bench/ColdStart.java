package dev.gatehouse.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** From starting the process of a gateway until it is ready. */
final class ColdStart {

  private static final double BOUND_MILLIS = 2_000;

  private final Setting setting;

  ColdStart(Setting setting) {
    this.setting = setting;
  }

  List<Row> run(int objects) throws Exception {
    Setting.Large large = setting.large(objects);
    int filled = large.fill().filled();
    int rounds = setting.options().rounds();
    Times fromFeeds = new Times(rounds);
    Times again = new Times(rounds);
    for (int round = 0; round < rounds; round++) {
      Path directory = setting.directory().resolve("cold-" + round);
      fromFeeds.addNanos(start(large.instance(), "cold-" + round, directory));
      again.addNanos(start(large.instance(), "cold-" + round, directory));
    }
    return List.of(
        Row.bounded(
            String.format(Locale.ROOT, "cold start with %,d tenants until ready", filled),
            fromFeeds.median(),
            "ms",
            BOUND_MILLIS),
        Row.of("the same with its copy on disk", again.median(), "ms"));
  }

  private static long start(Instance instance, String name, Path directory) throws Exception {
    try (Gateway gateway = Gateway.start(instance, name, directory)) {
      return (long) (gateway.readyMillis() * 1e6);
    }
  }
}
