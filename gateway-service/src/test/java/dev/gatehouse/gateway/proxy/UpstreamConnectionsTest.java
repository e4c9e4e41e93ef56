package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.upstream.ProxyConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a connection to an upstream serves another request, and when it must not. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class UpstreamConnectionsTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String PLANTED = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nplanted";

  private final RawBackend backend = new RawBackend();

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void anAnswerThatNobodyAskedForIsNobodysAnswer() {
    start();
    backend.answers(OK + PLANTED);

    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(get()).answer().body()).isEqualTo("ok");
      }
    }
    assertThat(backend.connections()).isEqualTo(3);
  }

  @Test
  void anAnswerThatNobodyAskedForIsNobodysAnswerThoughSomebodyWaits() {
    start("max-connections", "1");
    CountDownLatch waiting = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          awaitQuietly(waiting);
          RawBackend.send(socket, OK + PLANTED);
        });

    try (RawClient one = gateway.connect();
        RawClient two = gateway.connect()) {
      one.send(get());
      await().until(() -> backend.received().size() == 1);
      two.send(get());
      awaitUnderWay(2);
      waiting.countDown();

      assertThat(one.answer().body()).isEqualTo("ok");
      assertThat(two.answer().body()).isEqualTo("ok");
    }
    assertThat(backend.connections()).isEqualTo(2);
  }

  @Test
  void whatComesOnAnIdleConnectionEndsIt() {
    start();
    AtomicInteger ended = new AtomicInteger();
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, OK);
          pause(100);
          RawBackend.send(socket, PLANTED);
          while (request.in().read() >= 0) {
            throw new IOException("Another request came");
          }
          ended.incrementAndGet();
        });

    try (RawClient client = gateway.connect()) {
      assertThat(client.send(get()).answer().body()).isEqualTo("ok");
      await().until(() -> ended.get() == 1);
      assertThat(client.send(get()).answer().body()).isEqualTo("ok");
    }
    assertThat(backend.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        // Which of the two lengths holds is a matter of opinion (RFC 9112 §6.3, item 3).
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2\r\nok\r\n0\r\n\r\n"
      })
  void aConnectionThatMayNotBeKeptIsNot(String answer) {
    start();
    backend.answers(answer);

    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(get()).answer().body()).isEqualTo("ok");
      }
    }
    assertThat(backend.connections()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-End: 1\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + OK
      })
  void aConnectionThatMayBeKeptIs(String answer) {
    start();
    backend.answers(answer);

    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(get()).answer().status()).isIn(200, 204, 304);
      }
    }
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void anAnswerToHeadEndsAtItsHead() {
    start();
    backend.answers("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");

    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        RawClient.Answer answer = client.send(get().replace("GET", "HEAD")).answer("HEAD");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("content-length")).isEqualTo("1000");
      }
    }
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void anAnswerMayComeByteByByte() {
    start();
    backend.answers(
        (request, socket) -> {
          for (int i = 0; i < OK.length(); i++) {
            RawBackend.send(socket, OK.substring(i, i + 1));
          }
        });

    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(get()).answer().body()).isEqualTo("ok");
      }
    }
    assertThat(backend.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Keep-Alive: timeout=1\r\n"})
  void aConnectionThatNobodyUsesIsClosedInTime(String told) {
    start("keep-alive", told.isEmpty() ? "1s" : "30s");
    AtomicInteger ended = new AtomicInteger();
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, OK.replace("Content", told + "Content"));
          if (request.in().read() < 0) {
            ended.incrementAndGet();
          }
        });

    assertThat(gateway.ask(get()).status()).isEqualTo(200);

    await().atMost(Duration.ofSeconds(5)).until(() -> ended.get() == 1);
  }

  @Test
  void beyondItsConnectionsRequestsWait() {
    start("max-connections", "1");
    backend.answers(
        (request, socket) -> {
          pause(50);
          RawBackend.send(socket, OK);
        });

    try (RawClient one = gateway.connect();
        RawClient two = gateway.connect();
        RawClient three = gateway.connect()) {
      one.send(get());
      two.send(get());
      three.send(get());

      assertThat(one.answer().status()).isEqualTo(200);
      assertThat(two.answer().status()).isEqualTo(200);
      assertThat(three.answer().status()).isEqualTo(200);
    }
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void noMoreRequestsWaitThanMay() {
    start("max-connections", "1", "max-waiting", "1");
    CountDownLatch go = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          awaitQuietly(go);
          RawBackend.send(socket, OK);
        });

    try (RawClient one = gateway.connect();
        RawClient two = gateway.connect();
        RawClient three = gateway.connect()) {
      one.send(get());
      await().until(() -> backend.received().size() == 1);
      two.send(get());
      awaitUnderWay(2);
      RawClient.Answer refused = three.send(get()).answer();
      go.countDown();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("overloaded");
      assertThat(one.answer().status()).isEqualTo(200);
      assertThat(two.answer().status()).isEqualTo(200);
    }
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void whoGetsNoConnectionInTimeIsToldAndTheConnectionIsNotLost() {
    start("max-connections", "1");
    CountDownLatch go = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          awaitQuietly(go);
          RawBackend.send(socket, OK);
        });

    try (RawClient one = gateway.connect();
        RawClient two = gateway.connect()) {
      one.send(get());
      await().until(() -> backend.received().size() == 1);
      RawClient.Answer late = two.send(get()).answer();
      go.countDown();

      assertThat(late.status()).isEqualTo(504);
      assertThat(late.code()).isEqualTo("upstream_timeout");
      assertThat(one.answer().status()).isEqualTo(200);
      assertThat(two.send(get()).answer().status()).isEqualTo(200);
    }
    assertThat(backend.connections()).isEqualTo(1);
    assertThat(backend.received()).hasSize(2);
  }

  @Test
  void whoGoesAwayWhileWaitingTakesNoConnectionAlong() {
    start("max-connections", "1");
    CountDownLatch go = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          awaitQuietly(go);
          RawBackend.send(socket, OK);
        });

    try (RawClient one = gateway.connect();
        RawClient three = gateway.connect()) {
      one.send(get());
      await().until(() -> backend.received().size() == 1);
      RawClient two = gateway.connect();
      two.send(get());
      awaitUnderWay(2);
      two.close();
      awaitUnderWay(1);
      three.send(get());
      awaitUnderWay(2);
      go.countDown();

      assertThat(one.answer().status()).isEqualTo(200);
      assertThat(three.answer().status()).isEqualTo(200);
    }
    assertThat(backend.connections()).isEqualTo(1);
    assertThat(backend.received()).hasSize(2);
  }

  private void start(String... settings) {
    String[] named = settings.clone();
    for (int i = 0; i < named.length; i += 2) {
      named[i] = "gatehouse.proxy." + named[i];
    }
    gateway =
        TestGateway.with(TestGateway.trust())
            .loops(1)
            .proxy(TestGateway.settings(ProxyConfig.class, named))
            .api("demo", "any", backend.url())
            .start();
  }

  private void awaitUnderWay(int requests) {
    await()
        .until(
            () -> gateway.registry.get("gatehouse.inflight.requests").gauge().value() == requests);
  }

  private static String get() {
    return ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), "");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
