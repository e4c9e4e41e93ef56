package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What the way through the gateway adds: at half of what it can do on this machine, and at a tenth,
 * when the programs that share its processors seldom want them at the same time.
 */
final class AddedLatency {

  private static final OptionalDouble BOUND = OptionalDouble.of(1);
  private static final OptionalDouble NO_BOUND = OptionalDouble.empty();
  private static final int CONNECTIONS = 64;
  private static final double UNREACHABLE_RATE = 1e6;
  private static final double MOST_SECONDS = 2;

  private final Setting setting;

  AddedLatency(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    Supplier<byte[]> requests = repeating(small.fifty());
    OpenLoop direct = new OpenLoop(setting.backend().port());
    OpenLoop through = new OpenLoop(small.instance().port());
    Optional<OpenLoop> haproxy = haproxy();
    double most = most(through, requests);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of("the most that this client gets through", most, "/s"));
    rows.addAll(at("half load", most / 2, BOUND, requests, direct, through, haproxy));
    rows.addAll(at("a tenth of it", most / 10, NO_BOUND, requests, direct, through, haproxy));
    return rows;
  }

  private List<Row> at(
      String load,
      double rate,
      OptionalDouble bound,
      Supplier<byte[]> requests,
      OpenLoop direct,
      OpenLoop through,
      Optional<OpenLoop> haproxy)
      throws IOException {
    double seconds = setting.options().quick() ? 2 : 4;
    OpenLoop.Load asked = OpenLoop.Load.of(CONNECTIONS, rate, seconds, requests);
    through.run(asked).all(200);
    List<OpenLoop.Answers> atBackend = new ArrayList<>();
    List<OpenLoop.Answers> atGateway = new ArrayList<>();
    List<OpenLoop.Answers> atPeer = new ArrayList<>();
    for (int round = 0; round < setting.options().rounds(); round++) {
      atBackend.add(direct.run(asked).all(200));
      atGateway.add(through.run(asked).all(200));
      if (haproxy.isPresent()) {
        atPeer.add(haproxy.get().run(asked).all(200));
      }
    }
    List<Row> rows = new ArrayList<>();
    rows.add(added(load + ": p50", 0.5, atGateway, atBackend, bound));
    rows.add(added(load + ": p99", 0.99, atGateway, atBackend, bound));
    if (!atPeer.isEmpty()) {
      String peer = load + ", through haproxy plain";
      rows.add(added(peer + ": p50", 0.5, atPeer, atBackend, NO_BOUND));
      rows.add(added(peer + ": p99", 0.99, atPeer, atBackend, NO_BOUND));
    }
    return rows;
  }

  private Optional<OpenLoop> haproxy() throws Exception {
    return Program.HAPROXY.isThere()
        ? Optional.of(
            new OpenLoop(
                setting
                    .stopLater(HaProxy.plain(setting.directory(), setting.backend().port()))
                    .port()))
        : Optional.empty();
  }

  private static Row added(
      String what,
      double share,
      List<OpenLoop.Answers> through,
      List<OpenLoop.Answers> direct,
      OptionalDouble bound) {
    return Row.difference(
        what + ", against the backend alone",
        percentile(through, share),
        percentile(direct, share),
        "ms",
        bound);
  }

  /**
   * What the same client gets through the gateway when it sends as fast as answers come. It shares
   * the processors and costs more than wrk, so half of what wrk gets would be far more than half of
   * what the machine can do.
   */
  private static double most(OpenLoop through, Supplier<byte[]> requests) throws IOException {
    OpenLoop.Load fast =
        new OpenLoop.Load(CONNECTIONS, UNREACHABLE_RATE, 0, MOST_SECONDS, false, requests);
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      rounds.add(through.run(fast).all(200).perSecond());
    }
    return Times.median(rounds.stream().mapToDouble(Double::doubleValue).toArray());
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
