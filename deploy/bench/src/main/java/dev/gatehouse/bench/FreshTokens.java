package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a GET costs whose token nobody has seen before, so that no cache can help. */
final class FreshTokens {

  private static final double BOUND = 1.0;

  /** Of all tokens, so many may have been met in the cache: those that were sent as a run ended. */
  private static final double TOLERANCE = 0.01;

  /**
   * Rounds that only warm up: a new token goes other ways than one that repeats. Tokens of ECDSA
   * are signed quickly, so these warm up what does not depend on the algorithm; those of RSA
   * follow.
   */
  private static final int WARM_UP_ES256 = 14;

  private static final int WARM_UP_RS256 = 2;

  private static final int WARM_UP_SECONDS = 4;
  private static final int TOKENS = 24_000;
  private static final int QUICK_TOKENS = 2_000;
  private static final String CACHED =
      "gatehouse_token_verifications_total{cached=\"true\",result=\"accepted\"}";
  private static final String VERIFIED =
      "gatehouse_token_verifications_total{cached=\"false\",result=\"accepted\"}";

  private final Setting setting;

  FreshTokens(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Instance instance = setting.small().instance();
    List<Row> rows = new ArrayList<>();
    rows.add(compare(instance, instance.holder("solo", Signer.es256()), WARM_UP_ES256));
    rows.add(compare(instance, instance.holder("solo", Signer.rs256()), WARM_UP_RS256));
    return rows;
  }

  private Row compare(Instance instance, Tokens.Holder holder, int warmUp) throws Exception {
    Options options = setting.options();
    Signer signer = holder.signer();
    int count = options.quick() ? QUICK_TOKENS : TOKENS;
    setting.say(
        "Signing %,d %s tokens"
            .formatted(count * (warmUp + options.rounds() + 1), signer.algorithm()));
    List<Path> files =
        Tokens.rounds(
            setting.directory(),
            "fresh-" + signer.algorithm(),
            holder,
            warmUp + options.rounds() + 1,
            count);
    for (Path file : files.subList(0, warmUp)) {
      Wrk.run(instance.port(), Wrk.Requests.getOnce(file), 32, WARM_UP_SECONDS);
    }
    double cached = Metrics.of(instance).value(CACHED);
    double verified = Metrics.of(instance).value(VERIFIED);
    List<Duel.Result> results =
        new Duel(options.rounds(), options.quick() ? 1 : 2)
            .fight(
                List.of(
                    new Duel.Contestant(
                        instance, round -> Wrk.Requests.getOnce(files.get(warmUp + round))),
                    new Duel.Contestant(
                        Peers.jwtVerify(setting, signer),
                        round -> Wrk.Requests.getOnce(files.get(warmUp + round)))));
    Metrics after = Metrics.of(instance);
    refuseHelp(after.value(CACHED) - cached, after.value(VERIFIED) - verified);
    return Row.ratio(
        "GET, every token new, " + signer.algorithm() + ", against haproxy jwt_verify: CPU",
        results.get(0).cpuMicros(),
        results.get(1).cpuMicros(),
        "µs",
        OptionalDouble.of(BOUND));
  }

  /** By the gateway's own count. */
  private static void refuseHelp(double cached, double verified) throws IOException {
    if (verified == 0 || cached > TOLERANCE * verified) {
      throw new IOException(
          "The cache answered %.0f of %.0f tokens that were meant to be new"
              .formatted(cached, cached + verified));
    }
  }
}
