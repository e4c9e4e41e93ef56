package dev.gatehouse.key.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

  private NamedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new NamedServer("idp.example", directory);
  }

  @AfterEach
  void stop() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theNameIsSentInTheHandshakeAndFitsTheCertificate() {
    assertThat(get(server.authorities(), "idp.example").body()).startsWith("idp.example ");
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> get(server.authorities(), "other.example"))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  @Test
  void aCertificateOfAnAuthorityThatJavaDoesNotKnowIsRefused() {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> get(Authorities.OF_JAVA, "idp.example"))
        .withMessageContaining("certif");
  }

  private Fetched get(Authorities authorities, String host) {
    return new BoundedFetch(vertx, authorities)
        .get(
            server.uri(host),
            Route.to(InetAddress.getLoopbackAddress()),
            Map.of(),
            Duration.ofSeconds(10))
        .await()
        .indefinitely();
  }
}
