package dev.gatehouse.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Good clients at a fixed rate, alone and beside a flood of ES256 tokens that nobody has signed:
 * each is another one, well-formed, and of a key that is trusted, so each has to be verified.
 */
final class Flood {

  private static final double BOUND = 2;
  private static final double GOOD_RATE = 1_000;
  private static final double BAD_RATE = 5_000;
  private static final int GOOD_CONNECTIONS = 16;
  private static final int BAD_CONNECTIONS = 64;

  /** The flood begins earlier and ends later than what is measured in it. */
  private static final double AROUND_SECONDS = 1;

  private final Setting setting;

  Flood(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    int port = small.instance().port();
    Tokens.Holder target = small.instance().holder("solo", Signer.es256());
    Supplier<byte[]> good = AddedLatency.repeating(small.fifty());
    double seconds = setting.options().quick() ? 2 : 4;
    OpenLoop clients = new OpenLoop(GOOD_CONNECTIONS, GOOD_RATE, seconds);
    clients.run(port, good).all(200);
    List<Double> quiet = new ArrayList<>();
    List<Double> flooded = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    ExecutorService attacker = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round <= setting.options().rounds(); round++) {
        double alone = clients.run(port, good).all(200).latencies().percentile(0.99);
        CompletableFuture<OpenLoop.Answers> flood =
            CompletableFuture.supplyAsync(
                () -> flood(port, target, seconds + 2 * AROUND_SECONDS), attacker);
        Thread.sleep((long) (AROUND_SECONDS * 1_000));
        double beside = clients.run(port, good).all(200).latencies().percentile(0.99);
        OpenLoop.Answers refused = flood.get();
        if (round > 0) {
          quiet.add(alone);
          flooded.add(beside);
          rates.add(refused.perSecond());
        }
      }
    } finally {
      attacker.shutdownNow();
    }
    return List.of(
        Row.of("flood: bad ES256 tokens refused per second", median(rates), "/s"),
        Row.ratio(
            "p99 of good clients in a flood, against quiet",
            median(flooded),
            median(quiet),
            "ms",
            OptionalDouble.of(BOUND)));
  }

  /** Whether a token is refused for what it is (401) or for want of time (503) is the same here. */
  private static OpenLoop.Answers flood(int port, Tokens.Holder target, double seconds) {
    Random random = new Random();
    byte[] signature = new byte[64];
    try {
      OpenLoop.Answers answers =
          new OpenLoop(BAD_CONNECTIONS, BAD_RATE, seconds)
              .runAtMost(
                  port,
                  () -> {
                    random.nextBytes(signature);
                    return OpenLoop.get(target.host(), target.forged(signature));
                  });
      if (answers.byStatus().keySet().stream().anyMatch(status -> status != 401 && status != 503)) {
        throw new IOException("A bad token was answered " + answers.byStatus());
      }
      return answers;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double median(List<Double> figures) {
    return Times.median(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
