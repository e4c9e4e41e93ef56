package dev.gatehouse.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients of a tenant that ask all the time, on connections that they keep. */
final class Load implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CLIENTS = 4;
  private static final int MORE = 400;

  /** So that what is started meanwhile gets its share of the machine. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final int port;
  private final List<String> requests = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong answered = new AtomicLong();
  private volatile boolean over;

  /** Begins as soon as the gateway knows the visitor. */
  Load(int port, Visitor visitor) {
    this.port = port;
    await().atMost(PATIENCE).until(() -> visitor.statusAt(port) == 200);
    String head =
        "Host: %s\r\nAuthorization: Bearer %s\r\n"
            .formatted(visitor.host("cortex"), visitor.token());
    requests.add("GET /api/v1/labels HTTP/1.1\r\n" + head + "\r\n");
    requests.add("POST /api/v1/push HTTP/1.1\r\n" + head + "Content-Length: 5\r\n\r\nhello");
    for (int i = 0; i < CLIENTS; i++) {
      Thread client = new Thread(this::ask, "load");
      client.setDaemon(true);
      client.start();
    }
  }

  /** Whatever was not answered with 200. */
  Queue<String> failures() {
    return failures;
  }

  /** Waits for a few hundred answers, or for a failure. */
  void awaitMore() {
    long enough = answered.get() + MORE;
    await().atMost(PATIENCE).until(() -> answered.get() >= enough || !failures.isEmpty());
  }

  @Override
  public void close() {
    over = true;
  }

  private void ask() {
    while (!over) {
      try (KeptConnection connection = new KeptConnection(port)) {
        for (int i = 0; !over && !connection.isOver(); i++) {
          connection.send(requests.get(i % requests.size()));
          int status = connection.status();
          if (status != 200) {
            failures.add("status " + status);
          }
          answered.incrementAndGet();
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      } catch (IOException e) {
        failures.add(new UncheckedIOException(e).toString());
      }
    }
  }
}
