package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Several servers under the same load, in turn: A B C A B C …, so that whatever else happens on the
 * machine happens to all of them. A round costs so much CPU for each request; the median of the
 * rounds counts.
 */
final class Duel {

  private static final int CONNECTIONS = 32;

  private final int rounds;
  private final int seconds;

  Duel(int rounds, int seconds) {
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** Who takes part. */
  interface Server {
    String name();

    int port();

    /** Seconds so far. */
    double cpu();
  }

  /**
   * A server and what it is asked in each round; the round before the first is for warming up, and
   * has the number 0.
   */
  record Contestant(Server server, IntFunction<Wrk.Requests> requests, int connections) {

    Contestant(Server server, Wrk.Requests requests) {
      this(server, round -> requests, CONNECTIONS);
    }

    Contestant(Server server, IntFunction<Wrk.Requests> requests) {
      this(server, requests, CONNECTIONS);
    }
  }

  /**
   * What came out.
   *
   * @param cpuMicros CPU time for one request, in µs
   * @param perSecond requests answered in a second
   */
  record Result(double cpuMicros, double perSecond) {}

  /** The results, in the order of the contestants. */
  List<Result> fight(List<Contestant> contestants) throws Exception {
    List<List<Result>> results = new ArrayList<>();
    for (Contestant contestant : contestants) {
      round(contestant, 0);
      results.add(new ArrayList<>());
    }
    for (int round = 1; round <= rounds; round++) {
      for (int each = 0; each < contestants.size(); each++) {
        results.get(each).add(round(contestants.get(each), round));
      }
    }
    return results.stream().map(Duel::median).toList();
  }

  private Result round(Contestant contestant, int round) throws Exception {
    Server server = contestant.server();
    double before = server.cpu();
    Wrk.Answered answered =
        Wrk.run(
            server.port(), contestant.requests().apply(round), contestant.connections(), seconds);
    double spent = server.cpu() - before;
    return new Result(spent * 1e6 / answered.requests(), answered.requests() / answered.seconds());
  }

  private static Result median(List<Result> rounds) {
    return new Result(
        Times.median(rounds.stream().mapToDouble(Result::cpuMicros).toArray()),
        Times.median(rounds.stream().mapToDouble(Result::perSecond).toArray()));
  }
}
