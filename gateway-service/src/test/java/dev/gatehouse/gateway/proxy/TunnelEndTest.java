package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.listener.ConnectionsConfig;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a WebSocket ends, and what its client learns of it. */
@Timeout(60)
@SuppressWarnings(
    "FutureReturnValueIgnored") // Most tests need not know when the upstream\'s side ends.
class TunnelEndTest {

  private static final int TEXT = 0x81;

  private final RawBackend backend = new RawBackend();

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  /** What can go while a WebSocket is open. */
  @SuppressWarnings("ImmutableEnumChecker") // Operators without a state.
  private enum Loss {
    TENANT_SUSPENDED(trust -> TrustBuilder.from(trust).suspended("acme").build()),
    TENANT_REMOVED(
        trust -> TrustBuilder.from(trust).withoutTenant(TrustBuilder.idOf("acme")).build()),
    KEY_REMOVED(trust -> TrustBuilder.from(trust).withoutAnchor(keyIn(trust)).build()),
    TOKEN_TOO_OLD(
        trust ->
            TrustBuilder.from(trust)
                .withoutAnchor(keyIn(trust))
                .anchor(
                    Tokens.KEY.getPublic(),
                    "*",
                    anchor ->
                        anchor.scopes("*:read").tokensNotBefore(Instant.now().plusSeconds(60)))
                .build());

    private final UnaryOperator<Trust> happens;

    Loss(UnaryOperator<Trust> happens) {
      this.happens = happens;
    }

    private static UUID keyIn(Trust trust) {
      String kid = TrustBuilder.thumbprint(Tokens.KEY.getPublic()).value();
      return trust.anchors().byKid(kid).get(0).id();
    }
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClientIsToldThatItMayNoLongerListen(Loss loss) throws IOException {
    start(Duration.ofMinutes(1));
    CompletableFuture<Void> upstreamEnded = speak(frame("hello"));

    try (RawClient client = open()) {
      assertThat(client.in().readNBytes(7)).isEqualTo(frame("hello").getBytes());
      gateway.trusted.set(loss.happens.apply(gateway.trusted.current()));

      assertClosedWith(client, Relay.POLICY_VIOLATION);
    }
    await().until(upstreamEnded::isDone);
  }

  @Test
  void nobodyIsToldTheRestOfAFrameThatTheyMayNoLongerHear() throws IOException {
    start(Duration.ofMinutes(1));
    CompletableFuture<Void> go = new CompletableFuture<>();
    speak(frame("hello").slice(0, 4), go, frame("hello").slice(4, 7));

    try (RawClient client = open()) {
      client.in().readNBytes(4);
      gateway.trusted.set(TrustBuilder.from(gateway.trusted.current()).suspended("acme").build());

      assertThat(client.isClosedByPeer()).isTrue();
    }
    go.complete(null);
  }

  @Test
  void aGatewayThatStopsSaysSoAndTakesNoMore() throws IOException {
    start(Duration.ofMinutes(1));
    speak(Buffer.buffer());

    try (RawClient client = open();
        RawClient other = open()) {
      var closed = gateway.loops().closeTunnels(Relay.SERVICE_RESTART);

      assertClosedWith(client, Relay.SERVICE_RESTART);
      assertClosedWith(other, Relay.SERVICE_RESTART);
      TestGateway.await(closed);
    }
    RawClient.Answer late = gateway.ask(TunnelTest.tail(""));
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.code()).isEqualTo("overloaded");
  }

  @Test
  void aGatewayWithoutWebSocketsStopsAtOnce() {
    start(Duration.ofMinutes(1));

    TestGateway.await(gateway.loops().closeTunnels(Relay.SERVICE_RESTART));
  }

  @Test
  void aClientThatAnswersTheCloseFrameNeedNotWait() throws IOException {
    start(Duration.ofMinutes(1));
    speak(Buffer.buffer());

    try (RawClient client = open()) {
      long begun = System.nanoTime();
      gateway.loops().closeTunnels(Relay.SERVICE_RESTART);

      assertClosedWith(client, Relay.SERVICE_RESTART);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void aClientThatDoesNotLeaveIsLeftAfterAMoment() {
    start(Duration.ofMinutes(1));
    speak(Buffer.buffer());

    try (RawClient client = open()) {
      TestGateway.await(gateway.loops().closeTunnels(Relay.SERVICE_RESTART));

      assertThat(client.socket().isClosed()).isFalse();
    }
  }

  @Test
  void aFrameThatWasBegunIsFinishedBeforeTheGatewayStops() throws IOException {
    start(Duration.ofMinutes(1));
    CompletableFuture<Void> go = new CompletableFuture<>();
    speak(
        frame("hello").slice(0, 4),
        go,
        Buffer.buffer().appendBuffer(frame("hello"), 4, 3).appendBuffer(frame("never heard")));

    try (RawClient client = open()) {
      client.in().readNBytes(4);
      var closed = gateway.loops().closeTunnels(Relay.SERVICE_RESTART);
      awaitThatAllLoopsKnow();
      go.complete(null);

      assertThat(client.in().readNBytes(3)).isEqualTo(frame("hello").getBytes(4, 7));
      assertClosedWith(client, Relay.SERVICE_RESTART);
      TestGateway.await(closed);
    }
  }

  @Test
  void aFrameThatIsNotFinishedInTimeIsCutOff() throws IOException {
    start(Duration.ofMinutes(1));
    speak(frame("hello").slice(0, 4));

    try (RawClient client = open()) {
      client.in().readNBytes(4);
      TestGateway.await(gateway.loops().closeTunnels(Relay.SERVICE_RESTART));

      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void nothingIsSaidAfterTheUpstreamsOwnCloseFrame() throws IOException {
    start(Duration.ofMinutes(1));
    Buffer bye = Buffer.buffer(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
    speak(bye);

    try (RawClient client = open()) {
      assertThat(client.in().readNBytes(4)).isEqualTo(bye.getBytes());
      gateway.loops().closeTunnels(Relay.SERVICE_RESTART);

      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aSilentWebSocketOutlivesTheIdleTimeOfTheServer() throws IOException {
    start(Duration.ofMinutes(1), "1s");
    CompletableFuture<Void> go = new CompletableFuture<>();
    speak(Buffer.buffer(), go, frame("hello"));

    try (RawClient client = open();
        RawClient silent = gateway.connect()) {
      // The same time ends a connection without a request.
      assertThat(silent.isClosedByPeer()).isTrue();
      go.completeOnTimeout(null, 500, TimeUnit.MILLISECONDS);

      assertThat(client.in().readNBytes(7)).isEqualTo(frame("hello").getBytes());
    }
  }

  @Test
  void aWebSocketThatIsSilentForLongerThanTheApiAllowsEnds() throws IOException {
    start(Duration.ofMillis(500));
    speak(Buffer.buffer());

    try (RawClient client = open()) {
      assertClosedWith(client, Relay.GOING_AWAY);
    }
  }

  @Test
  void aClientThatClosesItsHalfEndsBoth() throws IOException {
    start(Duration.ofMinutes(1));
    CompletableFuture<Void> upstreamEnded = speak(frame("hello"));

    try (RawClient client = open()) {
      client.in().readNBytes(7);
      client.send(frame("bye").getBytes()).socket().shutdownOutput();

      await().until(upstreamEnded::isDone);
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  /** Whichever loop a new connection comes to. */
  private void awaitThatAllLoopsKnow() {
    await()
        .until(
            () ->
                IntStream.range(0, 6)
                    .allMatch(i -> gateway.ask(TunnelTest.tail("")).status() == 503));
  }

  private void start(Duration idle) {
    start(idle, "10m");
  }

  private void start(Duration idle, String serverIdle) {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("loki", "loki", backend.url(), idle, false)
            .connections(
                TestGateway.settings(
                    ConnectionsConfig.class,
                    "gatehouse.connections.idle-timeout",
                    serverIdle,
                    "gatehouse.connections.head-timeout",
                    serverIdle))
            .start();
  }

  private RawClient open() {
    RawClient client = gateway.connect();
    assertThat(client.send(TunnelTest.tail("")).answer().status()).isEqualTo(101);
    return client;
  }

  /** The upstream says this and listens; what is returned completes when its connection ends. */
  private CompletableFuture<Void> speak(Buffer first) {
    return speak(first, CompletableFuture.completedFuture(null), Buffer.buffer());
  }

  private CompletableFuture<Void> speak(Buffer first, CompletableFuture<Void> go, Buffer second) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, TunnelTest.SWITCHED);
          write(socket, first);
          go.join();
          write(socket, second);
          InputStream in = request.in();
          try {
            while (in.read() >= 0) {
              // Until the gateway closes it.
            }
          } finally {
            ended.complete(null);
          }
        });
    return ended;
  }

  private static void write(Socket socket, Buffer bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes());
    out.flush();
  }

  private static Buffer frame(String text) {
    return Buffer.buffer(new byte[] {(byte) TEXT, (byte) text.length()}).appendString(text);
  }

  private static void assertClosedWith(RawClient client, int code) throws IOException {
    assertThat(client.in().readNBytes(4))
        .isEqualTo(new byte[] {(byte) 0x88, 2, (byte) (code >> 8), (byte) code});
    client.send(FrameBoundariesTest.frame(0x88, 2, true).getBytes());
    assertThat(client.isClosedByPeer()).isTrue();
  }
}
