package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.testing.TestCertificate;
import dev.gatehouse.common.tls.Authorities;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backends that are called over TLS, and prove who they are or get nothing. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class TlsUpstreamTest {

  private final Vertx vertx = Vertx.vertx();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path files;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void stop() {
    gateway.close();
    TestGateway.await(vertx.close());
  }

  @Test
  void aBackendIsServedThatAnAuthorityOfOursVouchesFor() throws IOException {
    TestCertificate certificate = TestCertificate.of("dns:localhost", files);
    HttpServer backend = backend(certificate);
    start(backend, trusting(certificate));

    RawClient.Answer answer = get();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("HTTP/1.1 acme");
    assertThat(errors("tls")).isZero();
  }

  @Test
  void aBackendThatSpeaksHttp2IsServedOverTlsToo() throws IOException {
    TestCertificate certificate = TestCertificate.of("dns:localhost", files);
    HttpServer backend = backend(certificate);
    gateway =
        TestGateway.with(TestGateway.trust())
            .http2("demo", "https://localhost:" + backend.actualPort())
            .authorities(trusting(certificate))
            .start();

    assertThat(get().body()).isEqualTo("HTTP/2.0 acme");
  }

  @Test
  void aBackendThatNobodyKnownVouchesForGetsNothing() throws IOException {
    HttpServer backend = backend(TestCertificate.of("dns:localhost", files));
    start(backend, Authorities.OF_JAVA);

    assertRefused();
  }

  @Test
  void aBackendWhoseCertificateIsForAnotherHostGetsNothing() throws IOException {
    TestCertificate certificate = TestCertificate.of("dns:elsewhere.example", files);
    HttpServer backend = backend(certificate);
    start(backend, trusting(certificate));

    assertRefused();
  }

  @Test
  void aBackendThatDoesNotSpeakTlsGetsNothing() {
    start(listen(new HttpServerOptions()), Authorities.OF_JAVA);

    assertRefused();
  }

  @Test
  void aWebSocketToABackendThatProvesItselfIsOpened() throws IOException {
    TestCertificate certificate = TestCertificate.of("dns:localhost", files);
    HttpServer backend = backend(certificate);
    start(backend, trusting(certificate));

    try (RawClient client = gateway.connect()) {
      assertThat(client.send(upgrade()).answer("GET").status()).isEqualTo(101);
    }
  }

  @Test
  void aWebSocketToABackendThatDoesNotIsRefused() throws IOException {
    HttpServer backend = backend(TestCertificate.of("dns:localhost", files));
    start(backend, Authorities.OF_JAVA);

    assertThat(gateway.ask(upgrade()).status()).isEqualTo(502);
    assertThat(errors("tls")).isEqualTo(1);
    assertThat(requests).hasValue(0);
  }

  private void assertRefused() {
    RawClient.Answer answer = get();

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("upstream_unreachable").doesNotContain("certificate");
    await().untilAsserted(() -> assertThat(errors("tls")).isEqualTo(1));
    assertThat(requests).hasValue(0);
  }

  private void start(HttpServer backend, Authorities authorities) {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "loki", "https://localhost:" + backend.actualPort())
            .authorities(authorities)
            .start();
  }

  private Authorities trusting(TestCertificate certificate) throws IOException {
    Path pem = Files.writeString(files.resolve("ca.pem"), certificate.certificate());
    return Authorities.with(Optional.of(pem));
  }

  /** Answers its version and the tenant. */
  private HttpServer backend(TestCertificate certificate) {
    return listen(certificate.serverOptions().setUseAlpn(true));
  }

  private HttpServer listen(HttpServerOptions options) {
    return TestGateway.await(
        vertx.createHttpServer(options).requestHandler(this::answer).listen(0, "127.0.0.1"));
  }

  private void answer(HttpServerRequest request) {
    requests.incrementAndGet();
    if (request.headers().contains("Sec-WebSocket-Key")) {
      request.toWebSocket();
      return;
    }
    String version = request.version().alpnName().startsWith("h2") ? "HTTP/2.0" : "HTTP/1.1";
    request.response().end(version + " " + request.getHeader("X-Scope-OrgID"));
  }

  private RawClient.Answer get() {
    return gateway.ask(
        "GET /loki/api/v1/labels HTTP/1.1\r\n"
            + "Host: demo.acme."
            + TestGateway.DOMAIN
            + "\r\nAuthorization: Bearer "
            + Tokens.of("acme")
            + "\r\n\r\n");
  }

  private static String upgrade() {
    return "GET /loki/api/v1/tail?query=x HTTP/1.1\r\n"
        + "Host: demo.acme."
        + TestGateway.DOMAIN
        + "\r\nAuthorization: Bearer "
        + Tokens.of("acme")
        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  private double errors(String reason) {
    return gateway
        .registry
        .find("gatehouse.upstream.errors")
        .tag("reason", reason)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }
}
