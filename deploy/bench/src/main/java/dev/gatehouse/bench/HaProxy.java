package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HAProxy, with and without a look at the token; as many threads as the gateway has. */
final class HaProxy {

  private HaProxy() {}

  static Peer plain(Path directory, int backend) throws IOException, InterruptedException {
    int port = Peer.freePort();
    return start("haproxy plain", port, directory, plainConfiguration(port, backend));
  }

  /**
   * Checks the signature, {@code exp}, {@code aud} and {@code iss}, and nothing else.
   *
   * @param key a public key as PEM
   */
  static Peer jwtVerify(Path directory, int backend, String algorithm, Path key)
      throws IOException, InterruptedException {
    int port = Peer.freePort();
    return start(
        "haproxy jwt_verify " + algorithm,
        port,
        directory,
        jwtConfiguration(port, backend, algorithm, key));
  }

  static String plainConfiguration(int port, int backend) {
    return configuration(port, backend, "");
  }

  static String jwtConfiguration(int port, int backend, String algorithm, Path key) {
    return configuration(
        port,
        backend,
        """
          http-request set-var(txn.token) http_auth_bearer
          http-request set-var(txn.alg) var(txn.token),jwt_header_query('$.alg')
          http-request deny deny_status 401 unless { var(txn.alg) -m str %s }
          http-request deny deny_status 401 unless { var(txn.token),jwt_verify(txn.alg,"%s") -m int 1 }
          http-request set-var(txn.exp) var(txn.token),jwt_payload_query('$.exp','int')
          http-request set-var(txn.left) date(),neg,add(txn.exp)
          http-request deny deny_status 401 unless { var(txn.left) -m int gt 0 }
          http-request deny deny_status 401 unless { var(txn.token),jwt_payload_query('$.aud') -m str %s }
          http-request deny deny_status 401 unless { var(txn.token),jwt_payload_query('$.iss') -m str %s }
        """
            .formatted(algorithm, key, Tokens.AUDIENCE, Tokens.ISSUER));
  }

  static List<String> command(Path file) {
    return List.of(Program.HAPROXY.command(), "-db", "-f", file.toString());
  }

  private static String configuration(int port, int backend, String checks) {
    return """
        global
          nbthread %d
          maxconn 8192
          tune.bufsize 32768
        defaults
          mode http
          timeout connect 2s
          timeout client 600s
          timeout server 600s
          http-reuse always
        frontend clients
          bind 127.0.0.1:%d backlog 4096
        %s  default_backend backend
        backend backend
          server backend 127.0.0.1:%d
        """
        .formatted(Runtime.getRuntime().availableProcessors(), port, checks, backend);
  }

  private static Peer start(String name, int port, Path directory, String configuration)
      throws IOException, InterruptedException {
    Path file =
        Files.writeString(directory.resolve(name.replace(' ', '-') + ".cfg"), configuration);
    return Peer.start(name, port, directory, command(file));
  }
}
