package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Design §8: a rolling restart of gateways fails no request. */
class RollingRestartIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The close frame of a server with the code 1012: come back (RFC 6455 §5.5.1). */
  private static final byte[] COME_BACK = {(byte) 0x88, 2, 0x03, (byte) 0xf4};

  @TempDir Path home;
  private final List<FurtherGateway> gateways = new ArrayList<>();

  @AfterEach
  void end() {
    gateways.forEach(FurtherGateway::close);
  }

  @Test
  void noRequestFailsAndAWebSocketIsToldToComeBack() throws IOException {
    try (ServerSocket loki = webSocketBackend();
        RunningInstance instance =
            RunningInstance.up(
                home.resolve("state"),
                "--upstream",
                "loki=http://127.0.0.1:" + loki.getLocalPort() + ",catalog=loki");
        Balancer balancer = new Balancer()) {
      FurtherGateway one = gateway(instance, balancer, "one");
      FurtherGateway two = gateway(instance, balancer, "two");
      Visitor visitor = Visitor.admitted(instance, home, "rolling");
      await().atMost(PATIENCE).until(() -> balancer.isUsing(one) && balancer.isUsing(two));

      try (Load load = new Load(balancer.port(), visitor);
          KeptConnection tail = tail(one, visitor)) {
        restart(one, instance, balancer, "one-again", load);
        assertThat(tail.read(COME_BACK.length)).isEqualTo(COME_BACK);
        restart(two, instance, balancer, "two-again", load);

        assertThat(load.failures()).isEmpty();
      }
    }
  }

  /** The next one is there before the old one goes, as with a Deployment. */
  private void restart(
      FurtherGateway old, RunningInstance instance, Balancer balancer, String next, Load load) {
    FurtherGateway successor = gateway(instance, balancer, next);
    await().atMost(PATIENCE).until(() -> balancer.isUsing(successor));
    load.awaitMore();

    old.stop();

    load.awaitMore();
    assertThat(old.log()).contains("Stopping: ").doesNotContain(" are cut");
  }

  private FurtherGateway gateway(RunningInstance instance, Balancer balancer, String name) {
    FurtherGateway gateway = FurtherGateway.up(instance, home, name);
    gateways.add(gateway);
    balancer.add(gateway);
    return gateway;
  }

  private static KeptConnection tail(FurtherGateway gateway, Visitor visitor) throws IOException {
    KeptConnection connection = new KeptConnection(gateway.port());
    connection.send(
        "GET /loki/api/v1/tail?query=x HTTP/1.1\r\nHost: loki.rolling.localhost\r\n"
            + "Authorization: Bearer "
            + visitor.token()
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    assertThat(connection.status()).isEqualTo(101);
    return connection;
  }

  /** Agrees to everything and says nothing more. */
  private static ServerSocket webSocketBackend() throws IOException {
    ServerSocket backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          try {
            while (true) {
              Socket socket = backend.accept();
              socket
                  .getOutputStream()
                  .write(
                      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                          .getBytes(StandardCharsets.US_ASCII));
            }
          } catch (IOException closed) {
            // The test is over.
          }
        });
    return backend;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "rolling-restart");
    thread.setDaemon(true);
    thread.start();
  }

  /** Clients that ask all the time, on connections that they keep. */
  private static final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int MORE = 400;

    private final int port;
    private final List<String> requests = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean over;

    Load(int port, Visitor visitor) {
      this.port = port;
      String head =
          "Host: cortex.rolling.localhost\r\nAuthorization: Bearer " + visitor.token() + "\r\n";
      requests.add("GET /api/v1/labels HTTP/1.1\r\n" + head + "\r\n");
      requests.add("POST /api/v1/push HTTP/1.1\r\n" + head + "Content-Length: 5\r\n\r\nhello");
      for (int i = 0; i < CLIENTS; i++) {
        daemon(this::ask);
      }
    }

    Queue<String> failures() {
      return failures;
    }

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
          }
        } catch (IOException e) {
          failures.add(new UncheckedIOException(e).toString());
        }
      }
    }
  }
}
