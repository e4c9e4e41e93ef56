package dev.gatehouse.key.fetch;

import dev.gatehouse.common.testing.TestCertificate;
import dev.gatehouse.common.tls.Authorities;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server on 127.0.0.1 with a certificate for one name. It answers the name that it was called by
 * in the handshake, and what was said to it in {@code Proxy-Authorization}.
 */
final class NamedServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Authorities authorities;

  NamedServer(String name, Path directory) throws IOException {
    TestCertificate certificate = TestCertificate.of("dns:" + name, directory);
    authorities =
        Authorities.with(
            Optional.of(Files.writeString(directory.resolve("ca.pem"), certificate.certificate())));
    server =
        vertx
            .createHttpServer(certificate.serverOptions().setSni(true))
            .requestHandler(
                request ->
                    request
                        .response()
                        .end(
                            request.connection().indicatedServerName()
                                + " "
                                + request.getHeader("Proxy-Authorization")))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Those that vouch for it. */
  Authorities authorities() {
    return authorities;
  }

  int port() {
    return server.actualPort();
  }

  /** Its address by that name, or by another. */
  URI uri(String host) {
    return URI.create("https://" + host + ":" + port() + "/");
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
