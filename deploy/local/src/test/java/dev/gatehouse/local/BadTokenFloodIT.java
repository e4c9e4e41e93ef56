package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Design §8: good clients see nothing of a flood of bad tokens. How fast it is, bench measures. */
@ExtendWith(SharedInstance.class)
class BadTokenFloodIT {
  private static final int SENDERS = 4;
  private static final int PER_SENDER_AND_SECOND = 100;
  private static final int GOOD_CLIENTS = 3;
  private static final int QUERIES = 500;
  private static final int SIGNATURE_BYTES = 64;
  private static final int REMEMBERED = 100;

  @TempDir Path home;

  @Test
  void noGoodRequestIsRefusedAndTheFloodIsRefusedAndForgotten(RunningInstance instance)
      throws Exception {
    Map<String, String> few =
        Map.of(
            "gatehouse.authentication.refused-entries",
            String.valueOf(REMEMBERED),
            "gatehouse.authentication.refused-for",
            "5m");
    try (FurtherGateway gateway = FurtherGateway.up(instance, home, "flooded", few)) {
      Visitor visitor = Visitor.admitted(instance, home, "flooded");
      List<Future<Integer>> clients = new ArrayList<>();
      List<String> sent;
      ExecutorService threads = Executors.newFixedThreadPool(GOOD_CLIENTS);
      try (Flood flood = new Flood(gateway.port(), visitor.token())) {
        for (int i = 0; i < GOOD_CLIENTS; i++) {
          clients.add(threads.submit(() -> goodAnswers(gateway.port(), visitor.token())));
        }
        for (Future<Integer> client : clients) {
          assertThat(client.get(2, TimeUnit.MINUTES)).isEqualTo(QUERIES);
        }
        sent = flood.end();

        assertThat(flood.unexpected()).isEmpty();
        assertThat(sent).hasSizeGreaterThan(REMEMBERED);
      } finally {
        threads.shutdownNow();
      }

      double refused = refused(gateway, false);
      assertThat(refused).isEqualTo(sent.size());
      assertThat(refused(gateway, true)).isZero();
      sendAgain(gateway, sent);
      assertThat(refused(gateway, true)).as("remembered").isBetween(1.0, REMEMBERED * 1.5);

      double before = refused(gateway, true);
      String last = sent.get(sent.size() - 1);
      sendAgain(gateway, List.of(last, last, last, last, last));
      assertThat(refused(gateway, true) - before)
          .as("verified once only")
          .isGreaterThanOrEqualTo(4);
      assertThat(gateway.metric("gatehouse_inflight_requests")).isZero();
      assertThat(gateway.log()).doesNotContain("OutOfMemory", "ERROR");
    }
  }

  private static int goodAnswers(int port, String token) throws IOException {
    int answers = 0;
    try (KeptConnection connection = new KeptConnection(port)) {
      for (int i = 0; i < QUERIES; i++) {
        connection.send(query(token));
        answers += connection.status() == 200 ? 1 : 0;
      }
    }
    return answers;
  }

  private static void sendAgain(FurtherGateway gateway, List<String> tokens) throws IOException {
    try (KeptConnection connection = new KeptConnection(gateway.port())) {
      for (String token : tokens) {
        connection.send(query(token));
        assertThat(connection.status()).isEqualTo(401);
      }
    }
  }

  private static double refused(FurtherGateway gateway, boolean cached) {
    return gateway.metric(
        "gatehouse_token_verifications_total",
        "cached=\"" + cached + "\"",
        "result=\"signature_invalid\"");
  }

  private static String query(String token) {
    return "GET /api/v1/labels HTTP/1.1\r\nHost: cortex.flooded.localhost\r\nAuthorization: Bearer "
        + token
        + "\r\n\r\n";
  }

  /** Tokens with the claims of a good one and signatures that nobody made, each sent once. */
  private static final class Flood implements AutoCloseable {
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(SENDERS);
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> unexpected = new ConcurrentHashMap<>();
    private final List<KeptConnection> connections = new ArrayList<>();
    private final String claims;

    @SuppressWarnings("FutureReturnValueIgnored") // They end with the threads.
    Flood(int port, String good) throws IOException {
      claims = good.substring(0, good.lastIndexOf('.') + 1);
      long pause = TimeUnit.SECONDS.toNanos(1) / PER_SENDER_AND_SECOND;
      for (int i = 0; i < SENDERS; i++) {
        KeptConnection connection = new KeptConnection(port);
        connections.add(connection);
        threads.scheduleAtFixedRate(
            () -> send(connection), pause * i / SENDERS, pause, TimeUnit.NANOSECONDS);
      }
    }

    /** Ends it, and returns what was refused for its signature. */
    List<String> end() throws InterruptedException {
      threads.shutdown();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      return List.copyOf(sent);
    }

    Map<String, AtomicInteger> unexpected() {
      return unexpected;
    }

    @Override
    public void close() throws IOException {
      threads.shutdownNow();
      for (KeptConnection connection : connections) {
        connection.close();
      }
    }

    private void send(KeptConnection connection) {
      byte[] signature = new byte[SIGNATURE_BYTES];
      ThreadLocalRandom.current().nextBytes(signature);
      String token = claims + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
      String answer;
      try {
        connection.send(query(token));
        answer = String.valueOf(connection.status());
      } catch (IOException e) {
        answer = e.toString();
      }
      switch (answer) {
        case "401" -> sent.add(token);
        // The gateway had too many to verify.
        case "503" -> {}
        default -> unexpected.computeIfAbsent(answer, it -> new AtomicInteger()).incrementAndGet();
      }
    }
  }
}
