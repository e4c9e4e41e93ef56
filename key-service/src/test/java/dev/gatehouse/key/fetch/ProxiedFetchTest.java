package dev.gatehouse.key.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.key.fake.FakeProxy;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiedFetchTest {

  private static final String SECRET = "secret-of-the-proxy";

  private final Vertx vertx = Vertx.vertx();
  private final FakeProxy proxy = new FakeProxy();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private NamedServer server;
  private BoundedFetch fetch;

  @BeforeEach
  void start() throws IOException {
    server = new NamedServer("idp.invalid", directory);
    fetch = new BoundedFetch(vertx, server.authorities());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A name that no DNS knows: only the proxy has to. */
  @Test
  void theProxyIsGivenTheName() {
    assertThat(get("idp.invalid", Optional.empty()).body()).startsWith("idp.invalid ");

    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("CONNECT idp.invalid:" + server.port() + " HTTP/1.1\r\n");
  }

  @Test
  void theProxyIsGivenTheAddressThatWasCheckedAndTheNameStaysInTheHandshake() throws IOException {
    InetAddress checked = InetAddress.getByName("203.0.113.7");

    assertThat(get("idp.invalid", Optional.of(checked)).body()).startsWith("idp.invalid ");

    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("CONNECT 203.0.113.7:" + server.port() + " HTTP/1.1\r\n");
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
                server.uri("idp.invalid"),
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
                        server.uri("idp.invalid"),
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

  /** There is nothing to connect through for: the proxy asks by itself, and by the name. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsNotEncryptedIsAskedOfTheProxyToo(boolean withAddress) {
    proxy.refuse("503 Service Unavailable");
    Optional<InetAddress> address =
        withAddress ? Optional.of(InetAddress.getLoopbackAddress()) : Optional.empty();

    Fetched answer =
        fetch
            .get(
                URI.create("http://idp.invalid/keys"),
                new Route(address, Optional.of(options().setUsername("us").setPassword(SECRET))),
                Map.of(),
                Duration.ofSeconds(10))
            .await()
            .indefinitely();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("GET http://idp.invalid/keys HTTP/1.1\r\n")
        .containsIgnoringCase("\r\nproxy-authorization: Basic ");
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
            server.uri(host),
            new Route(address, Optional.of(options())),
            Map.of(),
            Duration.ofSeconds(10))
        .await()
        .indefinitely();
  }

  private ProxyOptions options() {
    return new ProxyOptions().setType(ProxyType.HTTP).setHost("127.0.0.1").setPort(proxy.port());
  }
}
