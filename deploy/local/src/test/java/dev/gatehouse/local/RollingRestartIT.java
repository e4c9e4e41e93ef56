package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Design §8: a rolling restart of gateways fails no request. */
@ExtendWith(SharedInstance.class)
class RollingRestartIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The close frame of a server with the code 1012: come back (RFC 6455 §5.5.1). */
  private static final byte[] COME_BACK = {(byte) 0x88, 2, 0x03, (byte) 0xf4};

  @TempDir Path home;

  /** Held, as a socket that nobody holds is closed when garbage is collected. */
  private final List<Socket> toBackend = new CopyOnWriteArrayList<>();

  private final List<FurtherGateway> gateways = new ArrayList<>();
  private int lokiPort;

  @AfterEach
  void end() throws IOException {
    gateways.forEach(FurtherGateway::close);
    for (Socket socket : toBackend) {
      socket.close();
    }
  }

  @Test
  void noRequestFailsAndAWebSocketIsToldToComeBack(RunningInstance instance) throws IOException {
    try (ServerSocket loki = webSocketBackend();
        Balancer balancer = new Balancer()) {
      lokiPort = loki.getLocalPort();
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
    Map<String, String> loki =
        Map.of("gatehouse.apis.loki.upstream", "http://127.0.0.1:" + lokiPort);
    FurtherGateway gateway = FurtherGateway.up(instance, home, name, loki);
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
  private ServerSocket webSocketBackend() throws IOException {
    ServerSocket backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          try {
            while (true) {
              Socket socket = backend.accept();
              toBackend.add(socket);
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
}
