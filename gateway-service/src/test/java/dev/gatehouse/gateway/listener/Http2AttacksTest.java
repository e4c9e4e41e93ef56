package dev.gatehouse.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.TestGateway;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 whose requests would be others in HTTP/1 (RFC 9113 §8, §10.3), and floods of frames. */
@Timeout(60)
class Http2AttacksTest {

  private static final String[] GOOD = {
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

  // Of each test its own: requests of a flood may arrive after its test is over.
  private final RawBackend backend = new RawBackend();
  private final TestGateway gateway =
      TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start();

  @BeforeEach
  void answer() {
    backend.answers((request, socket) -> RawBackend.ok(request, socket, "ok"));
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aSoundRequestIsAnswered() throws IOException {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      assertThat(ask(client, 1, GOOD).status()).isEqualTo(200);
    }
    assertThat(Attack.lines(backend)).endsWith("GET /x HTTP/1.1");
  }

  static Stream<Arguments> unsound() {
    return Stream.of(
        row("a method twice", with(":method", "POST")),
        row("a path twice", with(":path", "/y")),
        row("an authority twice", with(":authority", "demo.other.example.test")),
        row("an unknown pseudo-header", with(":protocol", "websocket")),
        row("a status in a request", with(":status", "200")),
        row("a pseudo-header behind others", behind(":path", "/y")),
        row("no method", without(":method")),
        row("no scheme", without(":scheme")),
        row("no path", without(":path")),
        row("no host", without(":authority")),
        row("an empty path", replaced(":path", "")),
        row("a path without slash", replaced(":path", "x")),
        row(
            "an absolute path of another host",
            replaced(":path", "http://demo.other.example.test/")),
        row("lines in the path", replaced(":path", "/x HTTP/1.1\r\nX-Scope-OrgID: other\r\nX: ")),
        row("a blank in the path", replaced(":path", "/x y")),
        row("a blank in the query", replaced(":path", "/x?a b")),
        row("a fragment", replaced(":path", "/x#y")),
        row("a dot segment", replaced(":path", "/a/../x")),
        row("lines in the method", replaced(":method", "GET /y HTTP/1.1\r\nA: b\r\n\r\nGET")),
        row("a blank in the method", replaced(":method", "GET /y")),
        row("lines in the scheme", replaced(":scheme", "http\r\nX-A: b")),
        row("another scheme", replaced(":scheme", "javascript")),
        row("a path in the scheme", replaced(":scheme", "http://demo.other.example.test/?")),
        row("userinfo in the authority", replaced(":authority", "a@demo.acme.example.test")),
        row("a line in the authority", replaced(":authority", "demo.acme.example.test\r\nA: b")),
        row("another host header", behind("host", "demo.other.example.test")),
        row("two host headers", behind("host", "a", "host", "demo.acme.example.test")),
        row("capitals in a name", behind("X-Capital", "a")),
        row("a blank in a name", behind("x a", "b")),
        row("a colon in a name", behind("x-a: b\r\nx-b", "c")),
        row("a line in a name", behind("x-a\r\nx-scope-orgid", "other")),
        row("NUL in a name", behind("x-a\0", "b")),
        row("no name", behind("", "b")),
        row("CR LF in a value", behind("x-a", "b\r\nX-Scope-OrgID: other")),
        row("LF in a value", behind("x-a", "b\nX-Scope-OrgID: other")),
        row("CR in a value", behind("x-a", "b\rX-Scope-OrgID: other")),
        row("a folded value", behind("x-a", "b\r\n c")),
        row("NUL in a value", behind("x-a", "b\0c")),
        row("connection", behind("connection", "x-scope-orgid")),
        row("keep-alive", behind("keep-alive", "1")),
        row("proxy-connection", behind("proxy-connection", "close")),
        row("transfer-encoding", behind("transfer-encoding", "chunked")),
        row("upgrade", behind("upgrade", "websocket")),
        row("te", behind("te", "chunked")),
        row("two lengths", behind("content-length", "0", "content-length", "3")),
        row("a length for no body", behind("content-length", "3")),
        row("no number", behind("content-length", "+0")),
        row("CONNECT", replaced(":method", "CONNECT")),
        row("TRACE", replaced(":method", "TRACE")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsound")
  void anUnsoundRequestReachesNoBackend(String name, String[] headers) throws IOException {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      assertThat(ask(client, 1, headers).status()).isNotEqualTo(200);
    } catch (EOFException closed) {
      assertThat(name).contains("method");
    }
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void aBodyOfAnotherLengthThanSaidNeverArrivesAsAWhole() throws IOException {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      String[] post = replacedIn(behind("content-length", "3"), ":method", "POST");
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.block(post));
      client.frame(RawHttp2.DATA, 0, 1, new byte[2]);
      client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[20]);

      assertThat(client.await(RawHttp2.RST_STREAM, RawHttp2.GOAWAY, RawHttp2.HEADERS).status())
          .isNotEqualTo(200);
    }
    assertThat(Attack.lines(backend)).isSubsetOf("POST /x HTTP/1.1");
  }

  @Test
  void trailersOfARequestAreDropped() throws IOException {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      client.frame(
          RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.block(replaced(":method", "POST")));
      client.frame(RawHttp2.DATA, 0, 1, new byte[3]);
      client.frame(
          RawHttp2.HEADERS,
          RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
          1,
          RawHttp2.block("x-scope-orgid", "other"));

      assertThat(client.await(RawHttp2.RST_STREAM, RawHttp2.HEADERS).status()).isEqualTo(200);
    }
    assertThat(backend.received().get(0).head()).doesNotContain("other");
  }

  @Test
  void aFloodOfContinuationsEndsTheConnection() {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(GOOD));
      byte[] more = RawHttp2.block("x-a", "b".repeat(100));
      flood(10_000, i -> client.frame(RawHttp2.CONTINUATION, 0, 1, more));

      assertThat(client.isClosed()).isTrue();
    }
    assertThat(backend.received()).isEmpty();
  }

  /** They add nothing to the size of the headers, by which others are judged. */
  @Test
  void aFloodOfEmptyContinuationsEndsTheConnection() {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(GOOD));
      flood(10_000, i -> client.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]));

      assertThat(client.isClosed()).isTrue();
    }
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void aFewContinuationsAreARequest() throws IOException {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.block(GOOD));
      client.frame(RawHttp2.CONTINUATION, 0, 1, RawHttp2.block("x-a", "b"));
      client.frame(RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, 1, new byte[0]);

      assertThat(client.await(RawHttp2.HEADERS).status()).isEqualTo(200);
    }
  }

  /** CVE-2023-44487. */
  @Test
  void aFloodOfResetsEndsTheConnection() {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      byte[] block = RawHttp2.block(GOOD);
      flood(
          5_000,
          i -> {
            int stream = 2 * i + 1;
            client.frame(
                RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, block);
            client.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
          });

      assertThat(client.isClosed()).isTrue();
    }
    assertThat(backend.received()).hasSizeLessThan(1_000);
  }

  @Test
  void noMoreStreamsThanSaidAreServedAtATime() {
    backend.answers((request, socket) -> request.in().readAllBytes());
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      byte[] block = RawHttp2.block(GOOD);
      flood(
          1_000,
          i ->
              client.frame(
                  RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 2 * i + 1, block));

      await().until(() -> backend.received().size() > 0);
      assertThat(backend.received()).hasSizeLessThanOrEqualTo(256);
    }
  }

  private interface Step {
    void take(int i);
  }

  /** The gateway may close at any time. */
  private static void flood(int times, Step step) {
    try {
      for (int i = 0; i < times; i++) {
        step.take(i);
      }
    } catch (UncheckedIOException closed) {
      assertThat(closed.getCause()).isInstanceOf(IOException.class);
    }
  }

  private static RawHttp2.Frame ask(RawHttp2 client, int stream, String[] headers)
      throws IOException {
    client.frame(
        RawHttp2.HEADERS,
        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
        stream,
        RawHttp2.block(headers));
    return client.await(RawHttp2.HEADERS, RawHttp2.RST_STREAM, RawHttp2.GOAWAY);
  }

  private static Arguments row(String name, String[] headers) {
    return Arguments.of(name, headers);
  }

  private static String[] with(String... first) {
    return Stream.of(first, GOOD).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String[] behind(String... last) {
    return Stream.of(GOOD, last).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String[] without(String name) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < GOOD.length; i += 2) {
      if (!GOOD[i].equals(name)) {
        rest.add(GOOD[i]);
        rest.add(GOOD[i + 1]);
      }
    }
    return rest.toArray(String[]::new);
  }

  private static String[] replaced(String name, String value) {
    return replacedIn(GOOD, name, value);
  }

  private static String[] replacedIn(String[] headers, String name, String value) {
    String[] changed = headers.clone();
    changed[Arrays.asList(changed).indexOf(name) + 1] = value;
    return changed;
  }
}
