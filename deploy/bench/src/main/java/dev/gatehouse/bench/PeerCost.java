package dev.gatehouse.bench;

import java.util.List;
import java.util.OptionalDouble;

/** What an authenticated GET costs, against HAProxy and nginx. */
final class PeerCost {

  private static final OptionalDouble NO_BOUND = OptionalDouble.empty();
  private static final String UNIT = "µs";

  private final Setting setting;

  PeerCost(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    Peers peers = Peers.start(setting, small.holder().signer());
    Wrk.Requests fifty = Wrk.Requests.get(small.fifty());
    List<Duel.Result> results =
        setting
            .options()
            .duel()
            .fight(
                List.of(
                    new Duel.Contestant(small.instance(), fifty),
                    new Duel.Contestant(peers.jwtVerify(), fifty),
                    new Duel.Contestant(peers.haproxy(), fifty),
                    new Duel.Contestant(peers.nginx(), fifty),
                    new Duel.Contestant(small.instance(), Wrk.Requests.get(small.one()))));
    Duel.Result ours = results.get(0);
    return List.of(
        cpu("GET, 50 tokens, against haproxy jwt_verify", ours, results.get(1), 0.5),
        cpu("GET, 50 tokens, against haproxy plain", ours, results.get(2), 1.6),
        Row.ratio(
            "GET, 50 tokens, against nginx plain: CPU",
            ours.cpuMicros(),
            results.get(3).cpuMicros(),
            UNIT,
            NO_BOUND),
        Row.ratio(
            "GET, one token, against 50: CPU",
            results.get(4).cpuMicros(),
            ours.cpuMicros(),
            UNIT,
            NO_BOUND),
        throughput("haproxy jwt_verify", ours, results.get(1)),
        throughput("haproxy plain", ours, results.get(2)),
        throughput("nginx plain", ours, results.get(3)));
  }

  private static Row cpu(String what, Duel.Result ours, Duel.Result peer, double bound) {
    return Row.ratio(
        what + ": CPU", ours.cpuMicros(), peer.cpuMicros(), UNIT, OptionalDouble.of(bound));
  }

  private static Row throughput(String peer, Duel.Result ours, Duel.Result theirs) {
    return Row.ratio(
        "GET, 50 tokens, against " + peer + ": throughput",
        ours.perSecond(),
        theirs.perSecond(),
        "/s",
        NO_BOUND);
  }
}
