package dev.gatehouse.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Who stands beside the gateway, all before the same backend. */
record Peers(Peer jwtVerify, Peer haproxy, Peer nginx) {

  /** Stopped at the end of the run, or with {@link Setting}. */
  static Peers start(Setting setting, Signer signer) throws Exception {
    int backend = setting.backend().port();
    return new Peers(
        jwtVerify(setting, signer),
        setting.stopLater(HaProxy.plain(setting.directory(), backend)),
        setting.stopLater(Nginx.plain(setting.directory(), backend)));
  }

  static Peer jwtVerify(Setting setting, Signer signer) throws Exception {
    Path key =
        Files.writeString(setting.directory().resolve(signer.algorithm() + ".pem"), signer.pem());
    return setting.stopLater(
        HaProxy.jwtVerify(setting.directory(), setting.backend().port(), signer.algorithm(), key));
  }
}
