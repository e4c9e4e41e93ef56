package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of any size pass, and what they take of memory does not depend on it. */
@Timeout(120)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class StreamingTest {

  private static final String TOKEN = Tokens.of("acme");

  /** A GiB where GATEHOUSE_FULL is set, a quarter of it in every build. */
  private static final long SIZE =
      (System.getenv("GATEHOUSE_FULL") == null ? 256L : 1024L) * 1024 * 1024;

  private static final int BLOCK = 256 * 1024;
  private static final byte[] ZEROS = new byte[BLOCK];
  private static final byte[] CHUNK =
      concat("40000\r\n".getBytes(StandardCharsets.US_ASCII), ZEROS, new byte[] {'\r', '\n'});
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Of heap and direct memory together: some chunks under way and the pools that hold them. */
  private static final long MAX_GROWTH = 32L * 1024 * 1024;

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  /** How a body says where it ends. */
  @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to these bytes.
  private enum Framing {
    SIZED("Content-Length: " + SIZE + "\r\n", ZEROS, new byte[0], SIZE),
    CHUNKED(
        "Transfer-Encoding: chunked\r\n",
        CHUNK,
        LAST_CHUNK,
        SIZE / BLOCK * CHUNK.length + LAST_CHUNK.length);

    private final String header;
    private final byte[] block;
    private final byte[] last;
    private final long onTheWire;

    Framing(String header, byte[] block, byte[] last, long onTheWire) {
      this.header = header;
      this.block = block;
      this.last = last;
      this.onTheWire = onTheWire;
    }
  }

  /** The most memory that was seen in use. */
  private static final class Peak {
    private final MemoryUse before = MemoryUse.now();
    private long growth;

    private void look() {
      growth = Math.max(growth, MemoryUse.now().grownSince(before));
    }
  }

  @BeforeEach
  void start() {
    gateway = TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start();
    gateway.ask(request("GET", ""));
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @ParameterizedTest
  @EnumSource
  void aLargeBodyReachesTheUpstreamWithFlatMemory(Framing framing) throws Exception {
    AtomicLong received = new AtomicLong();
    backend.answers(
        (request, socket) -> {
          received.set(count(request.in(), framing));
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    Peak peak = new Peak();

    try (RawClient client = gateway.connect()) {
      client.send(request("POST", framing.header));
      pour(client.socket().getOutputStream(), framing, peak);

      assertThat(client.answer().body()).isEqualTo("ok");
    }
    assertThat(received.get()).isGreaterThanOrEqualTo(SIZE);
    assertThat(peak.growth).isLessThan(MAX_GROWTH);
  }

  @ParameterizedTest
  @EnumSource
  void aLargeAnswerReachesTheClientWithFlatMemory(Framing framing) throws Exception {
    Peak peak = new Peak();
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\n" + framing.header + "\r\n");
          pour(socket.getOutputStream(), framing, peak);
        });

    try (RawClient client = gateway.connect()) {
      client.send(request("GET", ""));
      RawBackend.readHead(client.in());

      assertThat(count(client.in(), framing)).isGreaterThanOrEqualTo(SIZE);
    }
    assertThat(peak.growth).isLessThan(MAX_GROWTH);
  }

  @Test
  void slowReadersAndWritersHurtNobodyElse() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    CompletableFuture<Void> end = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          if (request.line().contains("/down")) {
            RawBackend.send(socket, "HTTP/1.1 200 OK\r\n" + Framing.SIZED.header + "\r\n");
            flood(socket);
          } else if (request.line().contains("/up")) {
            end.join();
          } else {
            RawBackend.ok(request, socket, "ok");
          }
        });
    MemoryUse before = MemoryUse.now();
    for (int i = 0; i < 20; i++) {
      RawClient reader = gateway.connect();
      RawClient writer = gateway.connect();
      reader.send(to("GET", "/down", ""));
      writer.send(to("POST", "/up", Framing.SIZED.header));
      Thread flooding = new Thread(() -> flood(writer.socket()));
      flooding.setDaemon(true);
      flooding.start();
      slow.add(reader);
      slow.add(writer);
    }

    try (RawClient client = gateway.connect();
        RawClient other = gateway.connect()) {
      for (int i = 0; i < 200; i++) {
        assertThat(client.send(request("GET", "")).answer().body()).isEqualTo("ok");
        assertThat(other.send(request("GET", "")).answer().body()).isEqualTo("ok");
      }
    }
    assertThat(MemoryUse.now().grownSince(before)).isLessThan(2 * MAX_GROWTH);
    end.complete(null);
    slow.forEach(RawClient::close);
  }

  private static void pour(OutputStream out, Framing framing, Peak peak) throws IOException {
    long blocks = SIZE / BLOCK;
    for (long i = 0; i < blocks; i++) {
      out.write(framing.block);
      if (i % (blocks / 4) == blocks / 8) {
        peak.look();
      }
    }
    out.write(framing.last);
    out.flush();
  }

  /** Until whoever reads it has had enough, or is gone. */
  private static void flood(Socket socket) {
    try {
      for (long sent = 0; sent < SIZE; sent += BLOCK) {
        socket.getOutputStream().write(ZEROS);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  /** How many bytes come, with those around chunks, which the gateway may cut as it likes. */
  private static long count(InputStream in, Framing framing) throws IOException {
    if (framing == Framing.SIZED) {
      return BackPressureTest.drain(in, framing.onTheWire);
    }
    long read = 0;
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      in.skipNBytes(size);
      read += size;
      RawBackend.readLine(in);
    }
    RawBackend.readLine(in);
    return read;
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(RawBackend.readLine(in), 16);
  }

  private static String request(String method, String headers) {
    return to(method, "/x", headers);
  }

  private static String to(String method, String path, String headers) {
    return ForwardingTest.request(method, "demo.acme", path, TOKEN, headers);
  }

  private static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
