package dev.gatehouse.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.TestGateway;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections end: by age, by silence, by too many, and when the gateway stops. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // Each test starts the gateway in its own way.
class ConnectionLifeTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String[] GET = {
    ":method",
    "GET",
    ":scheme",
    "http",
    ":path",
    "/x",
    ":authority",
    "demo.acme.example.test",
    "authorization",
    "Bearer " + Attack.TOKEN
  };

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void anOldConnectionEndsWithItsNextAnswer() {
    start(SHORT, 0, LONG, LONG);

    try (RawClient client = gateway.connect()) {
      assertThat(askUntilClosed(client)).isPositive();
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aYoungConnectionStaysOpen() {
    start(Duration.ZERO, 0, LONG, LONG);

    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(Attack.NEXT).answer().values("connection")).isEmpty();
      }
    }
  }

  @Test
  void anOldConnectionIsNotCutInTheMiddleOfAnAnswer() {
    CountDownLatch enough = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
          join(enough);
          RawBackend.send(socket, "cd");
        });
    start(SHORT, 0, SHORT, LONG);

    try (RawClient client = gateway.connect()) {
      client.send(Attack.NEXT);
      await().during(Duration.ofSeconds(1)).until(() -> backend.received().size() == 1);
      enough.countDown();

      assertThat(client.answer().body()).isEqualTo("abcd");
    }
  }

  @Test
  void anOldHttp2ConnectionIsGivenUpInTwoStepsAndItsStreamsEnd() throws IOException {
    CountDownLatch enough = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          join(enough);
          RawBackend.ok(request, socket, "ok");
        });
    start(SHORT, 0, LONG, LONG);

    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      int head = RawHttp2.END_HEADERS | RawHttp2.END_STREAM;
      client.frame(RawHttp2.HEADERS, head, 1, RawHttp2.block(GET));
      RawHttp2.Frame first = client.await(RawHttp2.GOAWAY);
      client.frame(RawHttp2.HEADERS, head, 3, RawHttp2.block(GET));
      RawHttp2.Frame second = client.await(RawHttp2.GOAWAY);
      enough.countDown();

      assertThat(first.lastStream()).isEqualTo(Integer.MAX_VALUE);
      assertThat(second.lastStream()).isEqualTo(3);
      assertThat(client.await(RawHttp2.HEADERS, RawHttp2.RST_STREAM).status()).isEqualTo(200);
      assertThat(client.await(RawHttp2.HEADERS, RawHttp2.RST_STREAM).status()).isEqualTo(200);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aHeadThatDoesNotCompleteIsNotWaitedFor() {
    start(LONG, 0, SHORT, LONG);

    try (RawClient silent = gateway.connect();
        RawClient slow = gateway.connect();
        RawClient kept = gateway.connect()) {
      assertThat(kept.send(Attack.NEXT).answer().status()).isEqualTo(200);
      kept.send("GET /x HTTP/1.1\r\nHo");
      slow.send("G");

      assertThat(silent.isClosedByPeer()).isTrue();
      assertThat(slow.isClosedByPeer()).isTrue();
      assertThat(kept.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aConnectionThatWaitsForItsNextRequestIsNotTakenForASlowHead() {
    start(LONG, 0, SHORT, LONG);

    try (RawClient client = gateway.connect()) {
      assertThat(client.send(Attack.NEXT).answer().status()).isEqualTo(200);
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

      assertThat(client.send(Attack.NEXT).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aSlowBodyBehindA100IsNotTakenForASlowHead() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 100 Continue\r\n\r\n");
          RawBackend.ok(request, socket, "got " + request.readBody().length);
        });
    start(LONG, 0, SHORT, LONG);

    try (RawClient client = gateway.connect()) {
      client.send(
          "POST /x HTTP/1.1\r\n"
              + Attack.HEADERS
              + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(100);
      client.send("ab");
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

      assertThat(client.send("cd").answer().body()).isEqualTo("got 4");
    }
  }

  @Test
  void anIdleConnectionAndAnUnfinishedBodyAreClosedButALongAnswerIsNot() {
    CountDownLatch enough = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          join(enough);
          RawBackend.ok(request, socket, "ok");
        });
    start(LONG, 0, LONG, SHORT);

    try (RawClient idle = gateway.connect();
        RawClient half = gateway.connect();
        RawClient waiting = gateway.connect()) {
      idle.send("GET /x HTTP/1.1\r\nHost: nobody\r\n\r\n");
      assertThat(idle.answer().status()).isEqualTo(421);
      half.send("POST /x HTTP/1.1\r\n" + Attack.HEADERS + "Content-Length: 9\r\n\r\nabc");
      waiting.send(Attack.NEXT);

      assertThat(idle.isClosedByPeer()).isTrue();
      assertThat(half.isClosedByPeer()).isTrue();
      enough.countDown();
      assertThat(waiting.answer().body()).isEqualTo("ok");
    }
  }

  @Test
  void aConnectionTooManyIsClosedAtOnceAndTheOthersAreServed() {
    start(LONG, 2, LONG, LONG);

    try (RawClient first = gateway.connect();
        RawClient second = gateway.connect()) {
      assertThat(first.send(Attack.NEXT).answer().status()).isEqualTo(200);
      assertThat(second.send(Attack.NEXT).answer().status()).isEqualTo(200);
      try (RawClient third = gateway.connect()) {
        assertThat(third.isClosedByPeer()).isTrue();
      }
      assertThat(first.send(Attack.NEXT).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void theNewestRequestTooManyIsRefusedAtOnceAndTheOthersAreServed() {
    CountDownLatch enough = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          join(enough);
          RawBackend.ok(request, socket, "ok");
        });
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .maxInflight(1)
            .start();

    try (RawClient first = gateway.connect();
        RawClient second = gateway.connect()) {
      first.send(Attack.NEXT);
      await().until(() -> backend.received().size() == 1);
      RawClient.Answer refused = second.send(Attack.NEXT).answer();
      enough.countDown();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("overloaded");
      assertThat(refused.value("retry-after")).matches("[1-5]");
      assertThat(first.answer().status()).isEqualTo(200);
      await().until(() -> second.send(Attack.NEXT).answer().status() == 200);
    }
  }

  @Test
  void stoppingAnswersWhatIsUnderWayAndEndsEachConnectionWithItsAnswer() throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          join(enough);
          RawBackend.ok(request, socket, "ok");
        });
    start(LONG, 0, LONG, LONG);
    AtomicInteger told = new AtomicInteger();
    Tunnels tunnels =
        code -> {
          told.set(code);
          return Future.succeededFuture();
        };

    try (RawClient waiting = gateway.connect()) {
      waiting.send(Attack.NEXT);
      await().until(() -> backend.received().size() == 1);
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(
              () -> gateway.listener().drain(tunnels, Duration.ZERO, Duration.ofSeconds(30)));
      await().until(() -> !gateway.listener().isOpen());
      await().until(() -> told.get() == 1012);
      try (RawClient late = gateway.connect()) {
        late.send(Attack.NEXT);
        await().until(() -> backend.received().size() == 2);
        assertThat(drained).isNotDone();
        enough.countDown();

        assertThat(late.answer().value("connection")).isEqualTo("close");
        assertThat(late.isClosedByPeer()).isTrue();
      }
      RawClient.Answer answer = waiting.answer();
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.value("connection")).isEqualTo("close");
      drained.get();
    }
    gateway.listener().close();
  }

  @Test
  void stoppingWaitsNoLongerThanItIsTold() {
    backend.answers((request, socket) -> request.in().readAllBytes());
    start(LONG, 0, LONG, LONG);

    try (RawClient stuck = gateway.connect()) {
      stuck.send(Attack.NEXT);
      await().until(() -> backend.received().size() == 1);
      gateway.listener().drain(Tunnels.NONE, Duration.ZERO, SHORT);
      gateway.listener().close();

      assertThat(stuck.isClosedByPeer()).isTrue();
    }
  }

  private void start(Duration maxAge, int max, Duration head, Duration idle) {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .connections(new Set(maxAge, max, head, idle))
            .start();
  }

  /** How many answers there were until one ended the connection. */
  private static int askUntilClosed(RawClient client) {
    int answers = 0;
    RawClient.Answer answer;
    do {
      answer = client.send(Attack.NEXT).answer();
      assertThat(answer.status()).isEqualTo(200);
      answers++;
    } while (!answer.values("connection").contains("close"));
    return answers;
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Set(Duration maxAge, int max, Duration headTimeout, Duration idleTimeout)
      implements ConnectionsConfig {}
}
