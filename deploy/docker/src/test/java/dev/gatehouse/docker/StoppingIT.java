package dev.gatehouse.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a gateway becomes ready and ceases to be, as the probes of a pod see it. */
class StoppingIT {
  private static final String HOST = "cortex-acme.localhost";
  private static final int REFUSED = 401;
  private static final int CLIENTS = 4;
  private static final int SOME = 200;

  @TempDir Path home;
  private final AtomicInteger answered = new AtomicInteger();
  private EmptyFeeds feeds;

  @BeforeEach
  void startServices() throws IOException {
    feeds = new EmptyFeeds();
  }

  @AfterEach
  void stopServices() {
    feeds.close();
  }

  @Test
  void withoutTrustItIsLiveAndNotReadyAndWithItsCopyItNeedsNobody() throws Exception {
    String nobody = "http://127.0.0.1:" + GatewayProcess.freePort();
    try (GatewayProcess blank = GatewayProcess.start(home, nobody, Map.of())) {
      await().atMost(GatewayProcess.PATIENCE).until(() -> blank.health("live") == 200);
      assertThat(blank.health("ready")).isEqualTo(503);
    }
    try (GatewayProcess first = GatewayProcess.start(home, feeds.url(), Map.of())) {
      first.awaitReady();
    }

    try (GatewayProcess alone = GatewayProcess.start(home, nobody, Map.of())) {
      alone.awaitReady();
      assertThat(alone.status(HOST)).isEqualTo(REFUSED);
    }
  }

  @Test
  void onSigtermItIsNotReadyAtOnceAndStillServes() throws Exception {
    Map<String, String> delay = Map.of("GATEHOUSE_DRAIN_DELAY", "5s");
    try (GatewayProcess gateway = GatewayProcess.start(home, feeds.url(), delay)) {
      gateway.awaitReady();

      gateway.terminate();

      await().until(() -> gateway.health("ready") == 503);
      assertThat(gateway.health("live")).isEqualTo(200);
      assertThat(gateway.status(HOST)).isEqualTo(REFUSED);
    }
  }

  /**
   * A pod that ends is taken out of its Service while its preStop hook sleeps: nobody connects to
   * it any more, and who is connected goes on asking, before SIGTERM and after it.
   */
  @Test
  void afterThePreStopSleepNoRequestOnAnOpenConnectionIsLost() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(home, feeds.url(), Map.of())) {
      gateway.awaitReady();
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Client(gateway.port()));
      }
      await().until(() -> answered.get() > SOME);

      gateway.terminate();

      for (Client client : clients) {
        assertThat(client.ending()).isEqualTo("asked to go");
      }
      assertThat(gateway.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.log()).contains("Stopping: ").doesNotContain(" are cut");
    }
  }

  /** Asks all the time on one connection, until it is told that an answer was the last. */
  private final class Client {
    private final Thread thread = new Thread(this::ask, "client");
    private final int port;
    private volatile String ending = "still asking";

    Client(int port) {
      this.port = port;
      thread.start();
    }

    String ending() throws InterruptedException {
      thread.join(GatewayProcess.PATIENCE.toMillis());
      return ending;
    }

    private void ask() {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        byte[] request =
            ("GET /api/v1/labels HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        String head;
        do {
          socket.getOutputStream().write(request);
          head = answer(socket.getInputStream());
          answered.incrementAndGet();
        } while (!head.contains("connection: close"));
        ending = "asked to go";
      } catch (IOException e) {
        ending = "lost a request: " + e;
      }
    }

    /** Reads an answer to its end and returns its head in lower case. */
    private static String answer(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      DataInputStream data = new DataInputStream(in);
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) data.readUnsignedByte());
      }
      String text = head.toString().toLowerCase(Locale.ROOT);
      int length = Integer.parseInt(text.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
      data.readFully(new byte[length]);
      return text;
    }
  }
}
