package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a POST with a body costs that streams through. */
final class Bodies {

  private static final int CONNECTIONS = 16;

  private final Setting setting;

  Bodies(Setting setting) {
    this.setting = setting;
  }

  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    Peers peers = Peers.start(setting, small.holder().signer());
    List<Row> rows = new ArrayList<>();
    for (int kibibytes : List.of(64, 1024)) {
      Wrk.Requests push = Wrk.Requests.push(small.fifty(), kibibytes * 1024);
      List<Duel.Result> results =
          new Duel(3, setting.options().quick() ? 1 : 2)
              .fight(
                  List.of(
                      contestant(small.instance(), push),
                      contestant(peers.jwtVerify(), push),
                      contestant(peers.haproxy(), push),
                      contestant(peers.nginx(), push)));
      for (int peer = 1; peer < results.size(); peer++) {
        rows.add(
            Row.ratio(
                "POST of %d KiB, against %s: CPU"
                    .formatted(
                        kibibytes,
                        List.of("", "haproxy jwt_verify", "haproxy plain", "nginx plain")
                            .get(peer)),
                results.get(0).cpuMicros(),
                results.get(peer).cpuMicros(),
                "µs",
                OptionalDouble.empty()));
      }
    }
    return rows;
  }

  private static Duel.Contestant contestant(Duel.Server server, Wrk.Requests push) {
    return new Duel.Contestant(server, round -> push, CONNECTIONS);
  }
}
