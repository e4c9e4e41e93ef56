package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a GET costs at a gateway that knows many tenants and keys, against one that knows one of
 * each. The 50 tokens are of 50 tenants there, all over the registry.
 */
final class Scale {

  private static final double BOUND = 1.05;
  private static final double BOUND_MEMORY = 512;
  private static final int TENANTS = 50;

  private final Setting setting;

  Scale(Setting setting) {
    this.setting = setting;
  }

  /** So many objects, or as many as were asked for. */
  List<Row> run(int objects) throws Exception {
    Setting.Small small = setting.small();
    Setting.Large large = setting.large(objects);
    int filled = large.fill().filled();
    Path lines = tokens(large);
    setting.warmUp(small.instance(), small.fifty());
    setting.warmUp(large.instance(), lines);
    List<Duel.Result> results =
        setting
            .options()
            .duel()
            .fight(
                List.of(
                    new Duel.Contestant(large.instance(), Wrk.Requests.get(lines)),
                    new Duel.Contestant(small.instance(), Wrk.Requests.get(small.fifty()))));
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.ratio(
            String.format(
                Locale.ROOT, "GET with %,d tenants and keys, against 1 and 1: CPU", filled),
            results.get(0).cpuMicros(),
            results.get(1).cpuMicros(),
            "µs",
            OptionalDouble.of(BOUND)));
    rows.add(
        Row.bounded(
            String.format(Locale.ROOT, "memory of the gateway with %,d, at most so far", filled),
            large.instance().peakMemory(Instance.Service.GATEWAY),
            "MiB",
            BOUND_MEMORY));
    return rows;
  }

  private Path tokens(Setting.Large large) throws Exception {
    Signer signer = Signer.rs256();
    List<Tokens.Holder> holders = new ArrayList<>();
    int filled = large.fill().filled();
    for (int i = 0; i < TENANTS; i++) {
      String tenant = Fill.tenant((int) ((long) i * filled / TENANTS));
      holders.add(large.instance().holder(tenant, signer));
    }
    Path file = setting.directory().resolve("scale-" + filled);
    Tokens.write(file, holders, TENANTS);
    Wrk.Answered answered = Wrk.run(large.instance().port(), Wrk.Requests.get(file), 1, 1);
    if (answered.requests() < TENANTS) {
      throw new IOException("Not every tenant was asked for");
    }
    return file;
  }
}
