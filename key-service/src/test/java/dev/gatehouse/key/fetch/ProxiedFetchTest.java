package dev.gatehouse.key.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.testing.TestCertificate;
import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.key.fake.FakeProxy;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxiedFetchTest {

  private static final String SECRET = "secret-of-the-proxy";

  private final Vertx vertx = Vertx.vertx();
  private final FakeProxy proxy = new FakeProxy();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private BoundedFetch fetch;
  private HttpServer server;

  @BeforeEach
  void aServerWithACertificateForOneName() throws IOException {
    TestCertificate certificate = TestCertificate.of("dns:idp.invalid", directory);
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

  @AfterEach
  void stop() {
    fetch.close();
    proxy.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A name that no DNS knows: only the proxy has to. */
  @Test
  void theProxyIsGivenTheName() {
    assertThat(get("idp.invalid", Optional.empty()).body()).startsWith("idp.invalid ");

    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("CONNECT idp.invalid:" + server.actualPort() + " HTTP/1.1\r\n");
  }

  @Test
  void theProxyIsGivenTheAddressThatWasCheckedAndTheNameStaysInTheHandshake() throws IOException {
    InetAddress checked = InetAddress.getByName("203.0.113.7");

    assertThat(get("idp.invalid", Optional.of(checked)).body()).startsWith("idp.invalid ");

    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("CONNECT 203.0.113.7:" + server.actualPort() + " HTTP/1.1\r\n");
  }

  @Test
  void theCertificateMustBeForTheNameThroughAProxyToo() {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> get("other.invalid", Optional.empty()))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
    assertThat(proxy.heads()).hasSize(1);
  }

  @Test
  void thePasswordIsForTheProxyAlone() {
    String body =
        fetch
            .get(
                uri("idp.invalid"),
                new Route(
                    Optional.empty(), Optional.of(options().setUsername("us").setPassword(SECRET))),
                Map.of(),
                Duration.ofSeconds(10))
            .await()
            .indefinitely()
            .body();

    assertThat(body).isEqualTo("idp.invalid null");
    assertThat(proxy.heads().get(0))
        .containsIgnoringCase(
            "proxy-authorization: Basic "
                + Base64.getEncoder().encodeToString(("us:" + SECRET).getBytes(UTF_8)));
  }

  @Test
  void aProxyThatRefusesIsSaidWithoutThePassword() {
    proxy.refuse("407 Proxy Authentication Required");

    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(
            () ->
                fetch
                    .get(
                        uri("idp.invalid"),
                        new Route(
                            Optional.empty(),
                            Optional.of(options().setUsername("us").setPassword(SECRET))),
                        Map.of(),
                        Duration.ofSeconds(10))
                    .await()
                    .indefinitely())
        .withMessageContaining("cannot be reached")
        .withMessageContaining("407")
        .satisfies(
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
              assertThat(failure.getMessage())
                  .doesNotContain(SECRET)
                  .doesNotContain(
                      Base64.getEncoder().encodeToString(("us:" + SECRET).getBytes(UTF_8)));
            });
  }

  @Test
  void aProxyThatIsGoneIsNotPassedBy() {
    proxy.close();

    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> get("idp.invalid", Optional.of(InetAddress.getLoopbackAddress())))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  private Fetched get(String host, Optional<InetAddress> address) {
    return fetch
        .get(
            uri(host), new Route(address, Optional.of(options())), Map.of(), Duration.ofSeconds(10))
        .await()
        .indefinitely();
  }

  private URI uri(String host) {
    return URI.create("https://" + host + ":" + server.actualPort() + "/");
  }

  private ProxyOptions options() {
    return new ProxyOptions().setType(ProxyType.HTTP).setHost("127.0.0.1").setPort(proxy.port());
  }
}
