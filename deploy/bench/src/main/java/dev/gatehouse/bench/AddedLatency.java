package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the way through the gateway adds, at half of what it can do on this machine. */
final class AddedLatency {

  private static final double BOUND_MILLIS = 1;
  private static final int CONNECTIONS = 64;

  private final Setting setting;

  AddedLatency(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    double rate = half(small);
    Supplier<byte[]> requests = repeating(small.fifty());
    OpenLoop load = new OpenLoop(CONNECTIONS, rate, setting.options().quick() ? 2 : 4);
    int backend = setting.backend().port();
    int gateway = small.instance().port();
    load.run(gateway, requests).all(200);
    List<OpenLoop.Answers> direct = new ArrayList<>();
    List<OpenLoop.Answers> through = new ArrayList<>();
    for (int round = 0; round < setting.options().rounds(); round++) {
      direct.add(load.run(backend, requests).all(200));
      through.add(load.run(gateway, requests).all(200));
    }
    return List.of(
        Row.of("half load: requests per second", rate, "/s"),
        Row.difference(
            "half load: p50, against the backend alone",
            percentile(through, 0.5),
            percentile(direct, 0.5),
            "ms",
            BOUND_MILLIS),
        Row.difference(
            "half load: p99, against the backend alone",
            percentile(through, 0.99),
            percentile(direct, 0.99),
            "ms",
            BOUND_MILLIS));
  }

  /** Half of what wrk gets through the gateway when it asks for all it can. */
  private double half(Setting.Small small) throws Exception {
    List<Double> most = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      Wrk.Answered answered =
          Wrk.run(small.instance().port(), Wrk.Requests.get(small.fifty()), CONNECTIONS, 2);
      most.add(answered.requests() / answered.seconds());
    }
    return Times.median(most.stream().mapToDouble(Double::doubleValue).toArray()) / 2;
  }

  /** Requests with the tokens of a file, made before. */
  static Supplier<byte[]> repeating(Path lines) throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (String line : Files.readAllLines(lines, StandardCharsets.US_ASCII)) {
      String[] words = line.split(" ", 2);
      all.add(OpenLoop.get(words[0], words[1]));
    }
    int[] next = new int[1];
    return () -> all.get(next[0]++ % all.size());
  }

  private static double percentile(List<OpenLoop.Answers> rounds, double share) {
    return Times.median(
        rounds.stream().mapToDouble(round -> round.latencies().percentile(share)).toArray());
  }
}
