package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Good clients at a fixed rate, alone and beside a flood of ES256 tokens that nobody has signed:
 * each is another one, well-formed, and of a key that is trusted, so each has to be verified. The
 * same is done to HAProxy.
 */
final class Flood {

  private static final OptionalDouble BOUND = OptionalDouble.of(2);
  private static final double GOOD_RATE = 1_000;
  private static final double BAD_RATE = 5_000;
  private static final int GOOD_CONNECTIONS = 16;
  private static final int BAD_CONNECTIONS = 64;
  private static final int REPEATING = 50;

  /** The flood begins earlier and ends later than what is measured in it. */
  private static final double AROUND_SECONDS = 1;

  private static final String P99 = "p99 of good clients in a flood, against quiet";
  private static final String BESIDE = "p99 of good clients beside as many good requests";

  private final Setting setting;

  Flood(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    Tokens.Holder target = small.instance().holder("solo", Signer.es256());
    Target gateway =
        new Target(small.instance().port(), AddedLatency.repeating(small.fifty()), target);
    Optional<Target> haproxy = haproxy(target);
    gateway.flooded(seconds());
    List<Row> rows = new ArrayList<>();
    for (int round = 0; round < setting.options().rounds(); round++) {
      gateway.round(seconds());
      if (haproxy.isPresent()) {
        haproxy.get().round(seconds());
      }
    }
    rows.add(Row.of("flood: bad ES256 tokens refused per second", median(gateway.rates), "/s"));
    rows.add(gateway.row(P99, BOUND));
    rows.add(gateway.besideRow(BESIDE));
    haproxy.ifPresent(
        peer -> {
          rows.add(peer.row("in a flood, at haproxy jwt_verify", OptionalDouble.empty()));
          rows.add(peer.besideRow("beside good ones, at haproxy jwt_verify"));
        });
    return rows;
  }

  private double seconds() {
    return setting.options().quick() ? 2 : 4;
  }

  /** It knows one key, so the good tokens are of the same one as the bad. */
  private Optional<Target> haproxy(Tokens.Holder holder) throws Exception {
    if (!Program.HAPROXY.isThere()) {
      return Optional.empty();
    }
    Path good = Tokens.write(setting.directory().resolve("flood"), List.of(holder), REPEATING);
    int port = Peers.jwtVerify(setting, holder.signer()).port();
    return Optional.of(new Target(port, AddedLatency.repeating(good), holder));
  }

  /** Who is flooded, and how it took it. */
  private static final class Target {
    private final OpenLoop loop;
    private final Supplier<byte[]> good;
    private final Tokens.Holder forged;
    private final Random random = new Random();
    private final byte[] signature = new byte[64];
    private final List<Double> quiet = new ArrayList<>();
    private final List<Double> flooded = new ArrayList<>();
    private final List<Double> beside = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    private Target(int port, Supplier<byte[]> good, Tokens.Holder forged) {
      this.loop = new OpenLoop(port);
      this.good = good;
      this.forged = forged;
    }

    private void round(double seconds) throws IOException {
      OpenLoop.Answers alone =
          loop.run(OpenLoop.Load.of(GOOD_CONNECTIONS, GOOD_RATE, seconds, good));
      quiet.add(p99(alone));
      beside.add(p99(beside(seconds)));
      List<OpenLoop.Answers> both = flooded(seconds);
      flooded.add(p99(both.get(0)));
      rates.add(both.get(1).perSecond());
    }

    /** As many requests as in a flood, with nothing to verify: what the load alone does. */
    private OpenLoop.Answers beside(double seconds) throws IOException {
      double end = AROUND_SECONDS + seconds;
      List<OpenLoop.Answers> both =
          loop.run(
              List.of(
                  new OpenLoop.Load(GOOD_CONNECTIONS, GOOD_RATE, AROUND_SECONDS, end, true, good),
                  new OpenLoop.Load(
                      BAD_CONNECTIONS, BAD_RATE, 0, end + AROUND_SECONDS, false, good)));
      both.get(1).onlyOf(Set.of(200));
      return both.get(0);
    }

    /** Whether a token is refused for what it is (401) or for want of time (503) is the same. */
    private List<OpenLoop.Answers> flooded(double seconds) throws IOException {
      double end = AROUND_SECONDS + seconds;
      List<OpenLoop.Answers> both =
          loop.run(
              List.of(
                  new OpenLoop.Load(GOOD_CONNECTIONS, GOOD_RATE, AROUND_SECONDS, end, true, good),
                  new OpenLoop.Load(
                      BAD_CONNECTIONS, BAD_RATE, 0, end + AROUND_SECONDS, false, this::bad)));
      both.get(1).onlyOf(Set.of(401, 503));
      return both;
    }

    private byte[] bad() {
      random.nextBytes(signature);
      return OpenLoop.get(forged.host(), forged.forged(signature));
    }

    private static double p99(OpenLoop.Answers answers) throws IOException {
      return answers.all(200).latencies().percentile(0.99);
    }

    private Row besideRow(String what) {
      return Row.ratio(what, median(beside), median(quiet), "ms", OptionalDouble.empty());
    }

    private Row row(String what, OptionalDouble bound) {
      return Row.ratio(what, median(flooded), median(quiet), "ms", bound);
    }
  }

  private static double median(List<Double> figures) {
    return Times.median(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
