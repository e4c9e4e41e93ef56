package dev.gatehouse.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.testing.TestCertificate;
import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.TestGateway;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS at the gateway itself, with certificates that change while it runs. */
@Timeout(60)
class TlsTest {

  private static final Duration TWO_DAYS = Duration.ofDays(2);

  @TempDir Path files;
  private final RawBackend backend = new RawBackend();
  private final Vertx vertx = Vertx.vertx();
  private Path certificate;
  private Path key;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    certificate = files.resolve("tls.crt");
    key = files.resolve("tls.key");
    install(TestCertificate.of("dns:first", files));
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .tls(settings())
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    backend.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void bothVersionsOfHttpAreServed(HttpVersion version) throws Exception {
    HttpClient client = client(version);

    assertThat(get(client)).isEqualTo(version + " 200");
    assertThat(backend.last().value("x-forwarded-proto")).isEqualTo("https");
    assertThat(backend.last().value("x-scope-orgid")).isEqualTo("acme");
  }

  @Test
  void aFloodOfEmptyContinuationsEndsAnHttp2ConnectionHereToo() throws Exception {
    byte[] head = RawHttp2.block(":method", "GET", ":scheme", "https", ":path", "/x");
    try (RawHttp2 client = RawHttp2.overTls(gateway.listener().tlsPort())) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, head);
      for (int i = 0; i <= Continuations.MOST; i++) {
        client.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]);
      }

      int calmDown = (int) Http2Error.ENHANCE_YOUR_CALM.code();
      assertThat(client.await(RawHttp2.GOAWAY).code()).isEqualTo(calmDown);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void thePortWithoutTlsStaysAsItIs() {
    assertThat(gateway.ask(Attack.NEXT).status()).isEqualTo(200);
  }

  @Test
  void aNewCertificateIsServedWithoutARestartAndOpenConnectionsStay() throws Exception {
    HttpClient open = client(HttpVersion.HTTP_2);
    assertThat(get(open)).endsWith("200");
    assertThat(servedName()).contains("first");

    install(TestCertificate.of("dns:second", files));

    await()
        .until(
            () -> {
              assertThat(get(open)).endsWith("200");
              return servedName().contains("second");
            });
    assertThat(backend.connections()).isPositive();
  }

  @Test
  void noNewConnectionFailsWhileCertificatesChange() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Integer>> callers = new ArrayList<>();
    for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
      for (int i = 0; i < 2; i++) {
        callers.add(CompletableFuture.supplyAsync(() -> connectUntil(over, version)));
      }
    }

    for (int i = 0; i < 5; i++) {
      String name = "number-" + i;
      install(TestCertificate.of("dns:" + name, files));
      await().until(() -> servedName().contains(name));
    }
    over.set(true);

    for (CompletableFuture<Integer> caller : callers) {
      assertThat(caller.get(20, TimeUnit.SECONDS)).isGreaterThan(20);
    }
  }

  /** Returns how many requests were answered, each on a connection of its own. */
  private int connectUntil(AtomicBoolean over, HttpVersion version) {
    int answered = 0;
    while (!over.get()) {
      HttpClient client = client(version);
      try {
        assertThat(get(client)).isEqualTo(version + " 200");
        client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("After " + answered + " answers", e);
      }
      answered++;
    }
    return answered;
  }

  @Test
  void brokenNewFilesKeepTheOldCertificate() throws Exception {
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n");
    assertStillFirst();

    TestCertificate other = TestCertificate.of("dns:second", files);
    Files.writeString(key, other.key());
    assertStillFirst();

    Files.delete(key);
    assertStillFirst();

    install(other);
    await().until(() -> servedName().contains("second"));
  }

  @Test
  void theMetricsTellWhenTheServedCertificateExpiresAndThatAnotherWasRefused() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    CertificateFiles served = Objects.requireNonNull(CertificateFiles.of(vertx, settings()));
    ListenerMeters.register(registry, new Traffic(), served);
    double first = expiry(registry);
    assertThat(Instant.ofEpochSecond((long) first))
        .isBetween(Instant.now().plus(Duration.ofHours(47)), Instant.now().plus(TWO_DAYS));
    assertThat(refused(registry)).isZero();

    Files.writeString(key, "nonsense");
    served.look(any -> {});
    assertThat(refused(registry)).isOne();
    assertThat(expiry(registry)).isEqualTo(first);

    install(TestCertificate.of("dns:second", files));
    served.look(any -> {});
    assertThat(refused(registry)).isZero();
  }

  @Test
  void withoutTlsNothingIsToldOfACertificate() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    ListenerMeters.register(registry, new Traffic(), null);

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .containsExactly("gatehouse.connections");
  }

  @Test
  void brokenFilesStopTheStart() throws IOException {
    Files.writeString(certificate, "nonsense");

    assertThatThrownBy(() -> CertificateFiles.of(vertx, settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gatehouse.tls.certificate")
        .hasMessageContaining(certificate.toString());
  }

  private static double expiry(SimpleMeterRegistry registry) {
    return registry.get("gatehouse.tls.certificate.expiry.timestamp").gauge().value();
  }

  private static double refused(SimpleMeterRegistry registry) {
    return registry.get("gatehouse.tls.certificate.refused").gauge().value();
  }

  private void assertStillFirst() {
    await()
        .during(Duration.ofMillis(400))
        .atMost(Duration.ofSeconds(20))
        .until(() -> servedName().contains("first"));
  }

  private void install(TestCertificate pair) throws IOException {
    Files.writeString(certificate, pair.certificate());
    Files.writeString(key, pair.key());
  }

  private HttpClient client(HttpVersion version) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setSsl(true)
            .setTrustAll(true)
            .setVerifyHost(false)
            .setUseAlpn(true)
            .setProtocolVersion(version));
  }

  private String get(HttpClient client) throws Exception {
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setURI("/x")
                .setHost("demo.acme.example.test")
                .setPort(443)
                .setServer(
                    SocketAddress.inetSocketAddress(gateway.listener().tlsPort(), "127.0.0.1"))
                .putHeader("Authorization", "Bearer " + Attack.TOKEN))
        .compose(request -> request.send())
        .compose(answer -> answer.body().map(body -> answer.version() + " " + answer.statusCode()))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** What a new connection is shown. */
  private String servedName() throws Exception {
    HttpClient client = client(HttpVersion.HTTP_1_1);
    return client
        .request(
            new RequestOptions()
                .setHost("demo.acme.example.test")
                .setServer(
                    SocketAddress.inetSocketAddress(gateway.listener().tlsPort(), "127.0.0.1")))
        .map(
            request -> {
              try {
                return ((X509Certificate)
                        request.connection().sslSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .eventually(() -> client.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private TlsConfig settings() {
    return new Set(Optional.of(certificate), Optional.of(key), 0, Duration.ofMillis(50));
  }

  private record Set(Optional<Path> certificate, Optional<Path> key, int port, Duration reload)
      implements TlsConfig {}
}
