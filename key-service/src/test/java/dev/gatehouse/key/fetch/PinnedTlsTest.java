package dev.gatehouse.key.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.testing.TestCertificate;
import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connected to an address, but the certificate must be for the name. */
class PinnedTlsTest {

  private final Vertx vertx = Vertx.vertx();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private BoundedFetch fetch;
  private HttpServer server;

  @BeforeEach
  void aServerWithACertificateForOneName() throws IOException {
    TestCertificate certificate = TestCertificate.of("dns:idp.example", directory);
    Path authorities = Files.writeString(directory.resolve("ca.pem"), certificate.certificate());
    fetch = new BoundedFetch(vertx, Authorities.with(Optional.of(authorities)));
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setSni(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertValue(Buffer.buffer(certificate.certificate()))
                            .setKeyValue(Buffer.buffer(certificate.key()))))
            .requestHandler(
                request -> request.response().end(request.connection().indicatedServerName()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() {
    fetch.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theNameIsSentInTheHandshakeAndFitsTheCertificate() {
    assertThat(get("idp.example").body()).isEqualTo("idp.example");
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> get("other.example"))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  @Test
  void aCertificateOfAnAuthorityThatJavaDoesNotKnowIsRefused() {
    fetch.close();
    fetch = new BoundedFetch(vertx, Authorities.OF_JAVA);

    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> get("idp.example"))
        .withMessageContaining("certif");
  }

  private Fetched get(String host) {
    return fetch
        .get(
            URI.create("https://" + host + ":" + server.actualPort() + "/"),
            Route.to(InetAddress.getLoopbackAddress()),
            Map.of(),
            Duration.ofSeconds(10))
        .await()
        .indefinitely();
  }
}
