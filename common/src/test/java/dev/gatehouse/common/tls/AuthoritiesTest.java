package dev.gatehouse.common.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.testing.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoritiesTest {

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path files;

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aServerIsBelievedWhomAnAuthorityOfTheFileVouchesFor() throws IOException {
    TestCertificate ours = TestCertificate.of("dns:idp.example", files);
    HttpServer server = serve(ours);

    Authorities authorities =
        with("# Our own, and another\n" + other() + "\nbetween them\n" + ours.certificate());

    assertThat(ask(authorities, server, "idp.example")).isEqualTo(200);
  }

  @Test
  void aServerIsRefusedWhomNobodyKnownVouchesFor() throws IOException {
    HttpServer server = serve(TestCertificate.of("dns:idp.example", files));

    assertRefused(Authorities.OF_JAVA, server, "idp.example");
    assertRefused(with(other()), server, "idp.example");
  }

  @Test
  void aCertificateIsForItsHostOnly() throws IOException {
    TestCertificate ours = TestCertificate.of("dns:idp.example", files);

    assertRefused(with(ours.certificate()), serve(ours), "other.example");
  }

  @Test
  void thoseThatJavaTrustsStay() throws Exception {
    HttpClientOptions options = with(other()).vouchIn(new HttpClientOptions());

    X509TrustManager believed =
        (X509TrustManager)
            options.getTrustOptions().getTrustManagerFactory(vertx).getTrustManagers()[0];

    assertThat(believed.getAcceptedIssuers())
        .contains(javas().getAcceptedIssuers())
        .hasSize(javas().getAcceptedIssuers().length + 1);
  }

  @Test
  void withoutAFileTheOptionsStayAsTheyAre() {
    NetClientOptions options = Authorities.with(Optional.empty()).vouchIn(new NetClientOptions());

    assertThat(options.getTrustOptions()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n",
      })
  void aFileThatHasNoCertificatesIsSaid(String text) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> with(text))
        .withMessageContaining("ca.pem")
        .withMessageContaining("PEM");
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Authorities.with(Optional.of(files.resolve("none.pem"))))
        .withMessageContaining("none.pem cannot be read");
  }

  private Authorities with(String pem) throws IOException {
    return Authorities.with(Optional.of(Files.writeString(files.resolve("ca.pem"), pem)));
  }

  private String other() {
    return TestCertificate.of("dns:other.example", files).certificate();
  }

  private HttpServer serve(TestCertificate certificate) {
    return vertx
        .createHttpServer(certificate.serverOptions())
        .requestHandler(request -> request.response().end())
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private int ask(Authorities authorities, HttpServer server, String host) {
    return vertx
        .createHttpClient(authorities.vouchIn(new HttpClientOptions()))
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1"))
                .setHost(host)
                .setPort(server.actualPort())
                .setSsl(true))
        .compose(request -> request.send().map(HttpClientResponse::statusCode))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void assertRefused(Authorities authorities, HttpServer server, String host) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> ask(authorities, server, host))
        .withCauseInstanceOf(SSLHandshakeException.class);
  }

  private static X509TrustManager javas() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    TrustManager[] managers = factory.getTrustManagers();
    return (X509TrustManager)
        Arrays.stream(managers)
            .filter(X509TrustManager.class::isInstance)
            .findFirst()
            .orElseThrow();
  }
}
