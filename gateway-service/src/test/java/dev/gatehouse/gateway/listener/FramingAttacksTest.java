package dev.gatehouse.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.TestGateway;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a message ends: what two parties could read in two ways is answered by none of them. */
class FramingAttacksTest {

  private static RawBackend backend;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    backend = new RawBackend();
    gateway = TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    backend.close();
  }

  @BeforeEach
  void forget() {
    backend.received().clear();
  }

  static Stream<Attack> doubtful() {
    String chunked = "0\r\n\r\n";
    return Stream.of(
        Attack.body("CL.TE", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", chunked),
        Attack.body("TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", chunked),
        Attack.body("xchunked", "Transfer-Encoding: xchunked\r\n", chunked),
        Attack.body("chunked not last", "Transfer-Encoding: chunked, identity\r\n", chunked),
        Attack.body("identity before", "Transfer-Encoding: identity, chunked\r\n", chunked),
        Attack.body("gzip before", "Transfer-Encoding: gzip, chunked\r\n", chunked),
        Attack.body("vertical tab", "Transfer-Encoding: \u000bchunked\r\n", chunked),
        Attack.body("form feed behind", "Transfer-Encoding: chunked\u000c\r\n", chunked),
        Attack.body("twice", "Transfer-Encoding: chunked\r\n".repeat(2), chunked),
        Attack.body(
            "twice, another", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", chunked),
        Attack.body("space before colon", "Transfer-Encoding : chunked\r\n", chunked),
        Attack.body("quoted", "Transfer-Encoding: \"chunked\"\r\n", chunked),
        Attack.body("empty", "Transfer-Encoding:\r\nContent-Length: 3\r\n", "abc"),
        Attack.body("with a parameter", "Transfer-Encoding: chunked;x=1\r\n", chunked),
        Attack.body("folded", "Transfer-Encoding:\r\n chunked\r\n", chunked),
        new Attack(
            "HTTP/1.0 with TE",
            "POST /x HTTP/1.0\r\n"
                + Attack.HEADERS
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + Attack.NEXT),
        Attack.body("same length twice", "Content-Length: 3\r\n".repeat(2), "abc"),
        Attack.body("two lengths", "Content-Length: 3\r\nContent-Length: 4\r\n", "abc"),
        Attack.body("list of lengths", "Content-Length: 3, 3\r\n", "abc"),
        Attack.body("+3", "Content-Length: +3\r\n", "abc"),
        Attack.body("-3", "Content-Length: -3\r\n", "abc"),
        Attack.body("0x3", "Content-Length: 0x3\r\n", "abc"),
        Attack.body("3 3", "Content-Length: 3 3\r\n", "abc"),
        Attack.body("3.0", "Content-Length: 3.0\r\n", "abc"),
        Attack.body("no length", "Content-Length:\r\n", "abc"),
        Attack.body("huge length", "Content-Length: 99999999999999999999\r\n", "abc"),
        Attack.line("bare LF behind the request line", "GET /x HTTP/1.1\n"),
        Attack.line("bare CR behind the request line", "GET /x HTTP/1.1\r"),
        Attack.line("CR CR LF", "GET /x HTTP/1.1\r\r\n"),
        Attack.headers("bare LF in a header", "X-A: b\nX-B: c\r\n"),
        Attack.headers("bare LF at the end", "X-A: b\r\n\n"),
        Attack.headers("bare CR in a header", "X-A: b\rX-Scope-OrgID: other\r\n"),
        Attack.headers("space before a colon", "X-A : b\r\n"),
        Attack.headers("tab before a colon", "X-A\t: b\r\n"),
        Attack.headers("no colon", "X-A\r\n"),
        Attack.headers("no name", ": b\r\n"),
        Attack.line("space before the first header", "GET /x HTTP/1.1\r\n X-A: b\r\n"),
        Attack.headers("NUL in a name", "X-A\0: b\r\n"),
        Attack.headers("NUL in a value", "X-A: b\0c\r\n"),
        Attack.headers("control characters in a value", "X-A: b\u000b\u0001\u007f\r\n"),
        Attack.headers("name that is not ASCII", "X-\u00c4: b\r\n"),
        Attack.line("HTTP/0.9", "GET /x\r\n"),
        Attack.line("HTTP/0.9, named", "GET /x HTTP/0.9\r\n"),
        Attack.line("HTTP/1.2", "GET /x HTTP/1.2\r\n"),
        Attack.line("HTTP/1.10", "GET /x HTTP/1.10\r\n"),
        Attack.line("HTTP/01.1", "GET /x HTTP/01.1\r\n"),
        Attack.line("HTTP/2.0", "GET /x HTTP/2.0\r\n"),
        Attack.line("a preface that breaks off", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"),
        Attack.line("space in the target", "GET /x y HTTP/1.1\r\n"),
        Attack.line("a version twice", "GET /x HTTP/1.1 HTTP/1.1\r\n"),
        Attack.line("a method that is none", "GE(T /x HTTP/1.1\r\n"),
        Attack.line("another protocol", "SSH-2.0-OpenSSH\r\n"));
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void aDoubtfulMessageIsRefusedAndEndsItsConnection(Attack attack) {
    try (RawClient client = gateway.connect()) {
      RawClient.Answer answer = client.send(attack.bytes()).answer();

      assertThat(answer.head()).startsWith("HTTP/1.1 400 ");
      assertThat(answer.code()).isEqualTo("request_malformed");
      assertThat(answer.value("connection")).isEqualTo("close");
      assertThat(answer.body()).endsWith("}\n").hasLineCount(1);
      assertThat(client.isClosedByPeer()).isTrue();
    }
    assertThat(backend.received()).isEmpty();
  }

  static Stream<Attack> doubtfulChunks() {
    return Stream.of(
        Attack.chunks("size beyond an int", "100000003\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("size beyond a long", "10000000000000003\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("size that turns negative", "FFFFFFFF\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("-3", "-3\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("+3", "+3\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("0x3", "0x3\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("blank before the size", " 3\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("something behind the size", "3 5\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("no size", "\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("LF behind the size", "3\nabc\r\n0\r\n\r\n"),
        Attack.chunks("LF behind an extension", "3;a\nabc\r\n0\r\n\r\n"),
        Attack.chunks("CR in an extension", "3;a\rb\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("longer than it says", "3\r\nabcXX\r\n0\r\n\r\n"),
        Attack.chunks("LF behind the chunk", "3\r\nabc\n0\r\n\r\n"),
        Attack.chunks("LF in a trailer", "3\r\nabc\r\n0\r\nX: a\nGET /s HTTP/1.1\r\n\r\n"),
        Attack.chunks("space before a trailer's colon", "3\r\nabc\r\n0\r\nX : a\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("doubtfulChunks")
  void aDoubtfulBodyEndsItsConnectionAndReachesNoBackendAsAWhole(Attack attack) {
    backend.answers((request, socket) -> request.in().readAllBytes());

    try (RawClient client = gateway.connect()) {
      RawClient.Answer answer = client.send(attack.bytes()).answer();

      assertThat(answer.head()).startsWith("HTTP/1.1 400 ");
      assertThat(answer.code()).isEqualTo("request_malformed");
      assertThat(client.isClosedByPeer()).isTrue();
    }
    assertThat(Attack.lines(backend)).isSubsetOf("POST /x HTTP/1.1");
  }

  static Stream<Attack> clear() {
    return Stream.of(
        Attack.body("tab before the coding", "Transfer-Encoding:\tchunked\r\n", "0\r\n\r\n"),
        Attack.body("in capitals", "TRANSFER-ENCODING: CHUNKED\r\n", "3\r\nabc\r\n0\r\n\r\n"),
        Attack.body("an underscore", "Transfer_Encoding: chunked\r\nContent-Length: 3\r\n", "abc"),
        Attack.body("another underscore", "Content_Length: 30\r\nContent-Length: 3\r\n", "abc"),
        Attack.body("tab behind the length", "Content-Length: 3\t\r\n", "abc"),
        Attack.body("zeros before the length", "Content-Length: 003\r\n", "abc"),
        Attack.chunks("zeros before the size", "0003\r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("blank behind the size", "3 \r\nabc\r\n0\r\n\r\n"),
        Attack.chunks("an extension", "3;a=\"b\"\r\nabc\r\n0;c\r\n\r\n"),
        Attack.chunks(
            "forbidden trailers",
            "3\r\nabc\r\n0\r\nX-Scope-OrgID: other\r\nContent-Length: 5\r\nHost: a\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("clear")
  void aBackendSeesOneFramingOnly(Attack attack) {
    backend.answers((request, socket) -> RawBackend.ok(request, socket, "ok"));

    try (RawClient client = gateway.connect()) {
      client.send(attack.bytes());
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
    }

    await().until(() -> backend.received().size() == 2);
    assertThat(Attack.lines(backend)).containsExactly("POST /x HTTP/1.1", "GET /next HTTP/1.1");
    RawBackend.Received first = backend.received().get(0);
    List<String> framing =
        Stream.of(first.values("content-length"), first.values("transfer-encoding"))
            .flatMap(List::stream)
            .toList();
    assertThat(framing).hasSize(1);
    assertThat(first.head().toLowerCase(Locale.ROOT))
        .doesNotContain("transfer_encoding", "content_length");
    assertThat(first.values("x-scope-orgid")).containsExactly("acme");
    assertThat(first.values("trailer")).isEmpty();
  }

  /** Folding is obsolete; what is forwarded is one line, as RFC 9112 §5.2 allows. */
  @ParameterizedTest
  @MethodSource("folded")
  void aFoldedHeaderStaysOneHeader(Attack attack) {
    backend.answers((request, socket) -> RawBackend.ok(request, socket, "ok"));

    try (RawClient client = gateway.connect()) {
      assertThat(client.send(attack.bytes()).answer().status()).isEqualTo(200);
    }

    RawBackend.Received first = backend.received().get(0);
    assertThat(first.values("x-scope-orgid")).containsExactly("acme");
    assertThat(first.head().lines()).noneMatch(line -> line.startsWith(" "));
  }

  static Stream<Attack> folded() {
    return Stream.of(
        Attack.headers("space", "X-A: b\r\n X-Scope-OrgID: other\r\n"),
        Attack.headers("tab", "X-A: b\r\n\tX-Scope-OrgID: other\r\n"));
  }

  @ParameterizedTest
  @MethodSource("tooLong")
  void whatIsTooLongIsSaidToBe(int status, String code, String request) {
    // What a test before broke off may reach the shared backend as late as now.
    try (RawBackend untouched = new RawBackend();
        TestGateway alone =
            TestGateway.with(TestGateway.trust()).api("demo", "any", untouched.url()).start()) {
      try (RawClient client = alone.connect()) {
        RawClient.Answer answer = client.send(request).answer();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.value("connection")).isEqualTo("close");
      }
      assertThat(
              alone
                  .registry
                  .get("gatehouse.requests")
                  .tags("api", "none", "outcome", code)
                  .timer()
                  .count())
          .isPositive();
      assertThat(untouched.received()).isEmpty();
    }
  }

  static Stream<Arguments> tooLong() {
    return Stream.of(
        arguments(414, "target_too_long", "GET /" + "a".repeat(33_000) + " HTTP/1.1\r\n\r\n"),
        arguments(
            431, "headers_too_large", "GET /x HTTP/1.1\r\nX-A: " + "a".repeat(33_000) + "\r\n\r\n"),
        arguments(
            431, "headers_too_large", "GET /x HTTP/1.1\r\n" + "X-A: a\r\n".repeat(9_000) + "\r\n"));
  }
}
