package dev.gatehouse.key.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsNamesTest {

  private final Vertx vertx = Vertx.vertx();
  private final DnsNames names = new DnsNames(vertx);

  @AfterEach
  void stop() {
    names.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void namesOfTheHostsFileAreKnown() {
    assertThat(names.addressesOf("localhost", Duration.ofSeconds(5)).await().indefinitely())
        .isNotEmpty()
        .allMatch(InetAddress::isLoopbackAddress);
  }

  /** RFC 6761: there is never such a name. */
  @Test
  void aNameThatDoesNotExistFailsBeforeTheDeadlineOrAtIt() {
    assertThatThrownBy(
            () ->
                names
                    .addressesOf("gatehouse.invalid", Duration.ofSeconds(1))
                    .await()
                    .atMost(Duration.ofSeconds(10)))
        .isNotInstanceOf(io.smallrye.mutiny.TimeoutException.class);
  }
}
