package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class BreakageTest {

  private static final String TOKEN = Tokens.of("acme");

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .api("quick", "any", backend.url(), Duration.ofMillis(400), false)
            .api("gone", "any", "http://127.0.0.1:" + freePort())
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void anUpstreamThatIsNotThereIs502AndOthersAreServed() {
    RawClient.Answer gone = gateway.ask(get("gone.acme"));
    RawClient.Answer other = gateway.ask(get("demo.acme"));

    assertThat(gone.status()).isEqualTo(502);
    assertThat(gone.code()).isEqualTo("upstream_unreachable");
    assertThat(gone.values("www-authenticate")).isEmpty();
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void anUpstreamThatDoesNotAnswerIs504() {
    backend.answers((request, socket) -> sleepUntilClosed(socket));

    RawClient.Answer answer = gateway.ask(get("quick.acme"));

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.code()).isEqualTo("upstream_timeout");
  }

  @Test
  void aSlowUploadIsNotTheUpstreamsFault() {
    try (RawClient client = gateway.connect()) {
      client.send(post("quick.acme", "Content-Length: 8\r\n"));
      for (int i = 0; i < 4; i++) {
        pause(300);
        client.send("ab");
      }

      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerThatStopsMidwayIsCutOffAndNotEnded() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(
              socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
          sleepUntilClosed(socket);
        });

    assertThatThrownBy(() -> gateway.ask(get("quick.acme")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("before its last chunk");
  }

  @Test
  void anAnswerThatBreaksOffIsCutOffAndNotEnded() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(
              socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
          socket.close();
        });

    assertThatThrownBy(() -> gateway.ask(get("demo.acme")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("before its last chunk");
  }

  @Test
  void anAnswerShorterThanItsLengthIsCutOff() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
          socket.close();
        });

    assertThatThrownBy(() -> gateway.ask(get("demo.acme")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void anUpstreamThatSpeaksSomethingElseIs502() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n");
          socket.close();
        });

    RawClient.Answer answer = gateway.ask(get("demo.acme"));

    assertThat(answer.status()).isEqualTo(502);
  }

  @Test
  void aRequestThatMetAClosingConnectionIsAskedAgain() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertThat(client.send(get("demo.acme")).answer().status()).isEqualTo(200);
      backend.answers(
          (request, socket) -> {
            if (backend.received().size() == 2) {
              socket.close();
            } else {
              RawBackend.ok(request, socket, "again");
            }
          });

      assertThat(client.send(get("demo.acme")).answer().body()).isEqualTo("again");
    }
    assertThat(backend.received()).hasSize(3);
  }

  @Test
  void aWriteThatMetAClosingConnectionIsNotRepeated() {
    backend.answers(
        (request, socket) -> {
          request.readBody();
          socket.close();
        });

    RawClient.Answer answer = gateway.ask(post("demo.acme", "Content-Length: 2\r\n") + "ab");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(backend.received()).hasSize(1);
  }

  @Test
  void aClientThatGoesAwayEndsTheRequestToTheUpstream() throws Exception {
    CompletableFuture<Void> cut = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          sleepUntilClosed(socket);
          cut.complete(null);
        });

    RawClient client = gateway.connect();
    client.send(get("demo.acme"));
    await().until(() -> !backend.received().isEmpty());
    client.close();

    await().until(cut::isDone);
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.registry.get("gatehouse.inflight.requests").gauge().value())
                    .isZero());
    assertThat(gateway.registry.get("gatehouse.requests").tag("outcome", "aborted").timer().count())
        .isEqualTo(1);
  }

  @Test
  void aClientThatGoesAwayInTheMiddleOfItsBodyEndsTheRequestToTheUpstream() {
    CompletableFuture<Void> cut = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          sleepUntilClosed(socket);
          cut.complete(null);
        });

    RawClient client = gateway.connect();
    client.send(post("demo.acme", "Content-Length: 100\r\n") + "abc");
    await().until(() -> !backend.received().isEmpty());
    client.close();

    await().until(cut::isDone);
  }

  @Test
  void anAnswerBeforeTheBodyIsThroughEndsTheUpload() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(
              socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
          socket.close();
        });

    try (RawClient client = gateway.connect()) {
      client.send(post("demo.acme", "Content-Length: 100000000\r\n") + "abc");
      RawClient.Answer answer = client.answer();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.value("connection")).isEqualTo("close");
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void theHeadOfASlowAnswerIsNotHeldBack() throws IOException {
    CountDownLatch seen = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          RawBackend.send(
              socket,
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n");
          awaitQuietly(seen);
          RawBackend.send(socket, "1\r\nx\r\n0\r\n\r\n");
        });

    try (RawClient client = gateway.connect()) {
      client.send(get("demo.acme"));
      String head = RawBackend.readHead(client.in());
      seen.countDown();

      assertThat(head).contains("text/event-stream");
      assertThat(RawBackend.readLine(client.in())).isEqualTo("1");
    }
  }

  private static String get(String host) {
    return ForwardingTest.request("GET", host, "/x", TOKEN, "");
  }

  private static String post(String host, String headers) {
    return ForwardingTest.request("POST", host, "/x", TOKEN, headers);
  }

  private static void sleepUntilClosed(Socket socket) {
    try {
      int next = socket.getInputStream().read();
      while (next >= 0) {
        next = socket.getInputStream().read();
      }
    } catch (IOException e) {
      // Cut, as the test wants.
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The passing of time is what this is about. */
  private static void pause(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    await().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() >= end);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
