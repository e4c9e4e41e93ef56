package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BackPressureTest {

  private static final String TOKEN = Tokens.of("acme");
  private static final long SIZE = 256L * 1024 * 1024;

  /** Buffers of three sockets and of the gateway; far below what a gateway that gathers takes. */
  private static final long MAX_UNDER_WAY = 32L * 1024 * 1024;

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  @Timeout(60)
  void anAnswerIsReadNoFasterThanTheClientTakesIt() throws IOException {
    AtomicLong sent = new AtomicLong();
    byte[] block = new byte[64 * 1024];
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
          while (sent.get() < SIZE) {
            socket.getOutputStream().write(block);
            sent.addAndGet(block.length);
          }
        });

    try (RawClient client = gateway.connect()) {
      client.send(ForwardingTest.request("GET", "demo.acme", "/x", TOKEN, ""));
      RawBackend.readHead(client.in());
      long stuckAt = awaitStandstill(sent);
      long read = drain(client.in());

      assertThat(stuckAt).isLessThan(MAX_UNDER_WAY);
      assertThat(read).isEqualTo(SIZE);
    }
  }

  @Test
  @Timeout(60)
  void aBodyIsReadNoFasterThanTheUpstreamTakesIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong received = new AtomicLong();
    backend.answers(
        (request, socket) -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          received.set(drain(request.in(), SIZE));
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    AtomicLong sent = new AtomicLong();
    byte[] block = new byte[64 * 1024];

    try (RawClient client = gateway.connect()) {
      client.send(
          ForwardingTest.request(
              "POST", "demo.acme", "/x", TOKEN, "Content-Length: " + SIZE + "\r\n"));
      Thread sender =
          new Thread(
              () -> {
                while (sent.get() < SIZE) {
                  client.send(block);
                  sent.addAndGet(block.length);
                }
              });
      sender.start();
      long stuckAt = awaitStandstill(sent);
      go.countDown();
      RawClient.Answer answer = client.answer();
      sender.join();

      assertThat(stuckAt).isLessThan(MAX_UNDER_WAY);
      assertThat(received).hasValue(SIZE);
      assertThat(answer.body()).isEqualTo("ok");
    }
  }

  static long awaitStandstill(AtomicLong counter) {
    AtomicLong before = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              long now = counter.get();
              return before.getAndSet(now) == now && now > 0;
            });
    return counter.get();
  }

  private static long drain(InputStream in) throws IOException {
    return drain(in, SIZE);
  }

  static long drain(InputStream in, long size) throws IOException {
    byte[] block = new byte[256 * 1024];
    long read = 0;
    while (read < size) {
      int now = in.read(block);
      if (now < 0) {
        break;
      }
      read += now;
    }
    return read;
  }
}
