package dev.gatehouse.key.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connected to an address, but the certificate must be for the name. */
class PinnedTlsTest {

  private static final String PASSWORD = "changeit";

  private final Vertx vertx = Vertx.vertx();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private BoundedFetch fetch;
  private HttpServer server;

  @BeforeEach
  void aServerWithACertificateForOneName() throws IOException, InterruptedException {
    PfxOptions certificate = certificateFor("idp.example");
    fetch = new BoundedFetch(vertx, new HttpClientOptions().setTrustOptions(certificate));
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate).setSni(true))
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

  private Fetched get(String host) {
    return fetch
        .getFrom(
            InetAddress.getLoopbackAddress(),
            URI.create("https://" + host + ":" + server.actualPort() + "/"),
            Map.of(),
            Duration.ofSeconds(10))
        .await()
        .indefinitely();
  }

  private PfxOptions certificateFor(String name) throws IOException, InterruptedException {
    Path store = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
  }
}
