package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class ForwardingTest {

  private static final String TOKEN = Tokens.of("acme");

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .api("based", "any", backend.url() + "/base/path")
            .api("cortex", "mimir", backend.url())
            .api("cookies", "any", backend.url(), Duration.ofSeconds(20), true)
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aRequestArrivesWithItsTenantAndWithoutItsToken() {
    RawClient.Answer answer = gateway.ask(get("demo.acme", "/a/b?x=%20y&x=z"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok");
    RawBackend.Received received = backend.last();
    assertThat(received.line()).isEqualTo("GET /a/b?x=%20y&x=z HTTP/1.1");
    assertThat(received.value("x-scope-orgid")).isEqualTo("acme");
    assertThat(received.values("authorization")).isEmpty();
    assertThat(received.value("host")).isEqualTo(backend.url().substring("http://".length()));
    assertThat(received.value("x-forwarded-for")).isEqualTo("127.0.0.1");
    assertThat(received.value("x-forwarded-proto")).isEqualTo("http");
    assertThat(received.value("x-forwarded-host")).isEqualTo("demo.acme.example.test");
    assertThat(received.value("via")).isEqualTo("1.1 gatehouse");
    assertThat(received.value("x-request-id")).matches("[0-9a-f]{16}");
  }

  @Test
  void theOrganisationIdOfANestedTenantHasDots() {
    String token = Tokens.of("acme:pay");

    gateway.ask(request("GET", "demo.acme--pay", "/", token, ""));

    assertThat(backend.last().value("x-scope-orgid")).isEqualTo("acme.pay");
  }

  @Test
  void theApiHostTakesTheTenantFromTheToken() {
    gateway.ask(get("demo", "/x"));

    assertThat(backend.last().value("x-scope-orgid")).isEqualTo("acme");
  }

  @Test
  void thePathFormLosesItsPrefix() {
    gateway.ask(get("api", "/t/acme/demo/a%2520b/c?q=1"));
    gateway.ask(get("api", "/t/acme/demo/a%20b/c?q=1"));

    assertThat(backend.received()).hasSize(1);
    assertThat(backend.last().line()).isEqualTo("GET /a%20b/c?q=1 HTTP/1.1");
  }

  @Test
  void thePathOfTheUpstreamGoesFirst() {
    gateway.ask(get("based.acme", "/x?y"));
    gateway.ask(get("based.acme", "/"));

    assertThat(backend.received())
        .extracting(RawBackend.Received::line)
        .containsExactly("GET /base/path/x?y HTTP/1.1", "GET /base/path/ HTTP/1.1");
  }

  @Test
  void aBareQueryPathGainsThePrefixOfPrometheus() {
    gateway.ask(get("cortex.acme", "/api/v1/labels?match[]=up"));

    assertThat(backend.last().line())
        .isEqualTo("GET /prometheus/api/v1/labels?match[]=up HTTP/1.1");
  }

  @Test
  void aBodyOfKnownLengthKeepsItsLength() throws IOException {
    backend.answers(
        (request, socket) ->
            RawBackend.ok(
                request, socket, new String(request.readBody(), StandardCharsets.US_ASCII)));

    RawClient.Answer answer =
        gateway.ask(request("POST", "demo.acme", "/", TOKEN, "Content-Length: 5\r\n") + "hello");

    assertThat(answer.body()).isEqualTo("hello");
    assertThat(backend.last().value("content-length")).isEqualTo("5");
    assertThat(backend.last().values("transfer-encoding")).isEmpty();
  }

  @Test
  void aChunkedBodyStaysChunkedAndLosesItsTrailers() {
    StringBuilder echoed = new StringBuilder();
    backend.answers(
        (request, socket) -> {
          echoed.append(new String(request.readBody(), StandardCharsets.US_ASCII));
          RawBackend.send(socket, "HTTP/1.1 204 No Content\r\n\r\n");
        });

    RawClient.Answer answer =
        gateway.ask(
            request(
                    "POST",
                    "demo.acme",
                    "/",
                    TOKEN,
                    "Transfer-Encoding: chunked\r\nTrailer: X-Scope-OrgID\r\n")
                + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Scope-OrgID: other\r\n\r\n");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(echoed).hasToString("abcde");
    assertThat(backend.last().value("transfer-encoding")).isEqualTo("chunked");
    assertThat(backend.last().values("content-length")).isEmpty();
    assertThat(backend.last().values("trailer")).isEmpty();
  }

  @Test
  void aBodyWithTwoWaysToEndIsReadInOneWayOnly() {
    StringBuilder echoed = new StringBuilder();
    backend.answers(
        (request, socket) -> {
          echoed.append(new String(request.readBody(), StandardCharsets.US_ASCII));
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });

    gateway.ask(
        request(
                "POST",
                "demo.acme",
                "/",
                TOKEN,
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n")
            + "7\r\nabcdefg\r\n0\r\n\r\n");

    if (!backend.received().isEmpty()) {
      assertThat(echoed).hasToString("abcdefg");
      assertThat(backend.last().values("content-length")).isEmpty();
    }
  }

  @Test
  void headIsAnsweredWithTheLengthAndWithoutTheBody() {
    backend.answers("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");

    try (RawClient client = gateway.connect()) {
      RawClient.Answer head =
          client.send(request("HEAD", "demo.acme", "/", TOKEN, "")).answer("HEAD");
      backend.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      RawClient.Answer get = client.send(get("demo.acme", "/")).answer();

      assertThat(head.value("content-length")).isEqualTo("1234");
      assertThat(get.body()).isEqualTo("ok");
    }
    assertThat(backend.received().get(0).line()).startsWith("HEAD ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void anAnswerWithoutABodyEndsAtItsHead(String status) {
    backend.answers("HTTP/1.1 " + status + "\r\nETag: \"1\"\r\n\r\n");

    try (RawClient client = gateway.connect()) {
      RawClient.Answer first = client.send(get("demo.acme", "/")).answer();
      RawClient.Answer second = client.send(get("demo.acme", "/")).answer();

      assertThat(first.head()).startsWith("HTTP/1.1 " + status.substring(0, 3));
      assertThat(first.value("etag")).isEqualTo("\"1\"");
      assertThat(first.values("content-length")).isEmpty();
      assertThat(first.values("transfer-encoding")).isEmpty();
      assertThat(second.status()).isEqualTo(first.status());
    }
  }

  @Test
  void aChunkedAnswerIsPassedOnWithItsTrailers() {
    backend.answers(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
            + "3\r\nabc\r\n3\r\ndef\r\n0\r\nX-Sum: 42\r\nSet-Cookie: a=b\r\n\r\n");

    RawClient.Answer answer = gateway.ask(get("demo.acme", "/"));

    assertThat(answer.body()).isEqualTo("abcdef");
    assertThat(answer.trailers()).isEqualTo("X-Sum: 42\r\n");
  }

  @Test
  void anAnswerThatEndsWithItsConnectionGetsAnEndOfItsOwn() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\n\r\nall of it");
          socket.close();
        });

    RawClient.Answer answer = gateway.ask(get("demo.acme", "/"));

    assertThat(answer.body()).isEqualTo("all of it");
    assertThat(answer.value("transfer-encoding")).isEqualTo("chunked");
  }

  @Test
  void whatConcernsTheConnectionToTheUpstreamStaysThere() {
    backend.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
            + "Keep-Alive: timeout=9\r\nProxy-Authenticate: Basic\r\nSet-Cookie: a=b\r\n"
            + "Set-Cookie2: c=d\r\nX-Kept: yes\r\n\r\n");

    RawClient.Answer answer = gateway.ask(get("demo.acme", "/"));

    assertThat(answer.value("x-kept")).isEqualTo("yes");
    for (String name :
        List.of("x-hop", "keep-alive", "proxy-authenticate", "set-cookie", "set-cookie2")) {
      assertThat(answer.values(name)).as(name).isEmpty();
    }
  }

  @Test
  void anApiThatMaySetCookiesSetsThem() {
    backend.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n");

    RawClient.Answer answer = gateway.ask(get("cookies.acme", "/"));

    assertThat(answer.values("set-cookie")).containsExactly("a=b", "c=d");
  }

  @Test
  void aBodyIsOnlyAskedForWhenTheUpstreamWantsIt() throws IOException {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 100 Continue\r\n\r\n");
          RawBackend.ok(request, socket, "got " + request.readBody().length);
        });

    try (RawClient client = gateway.connect()) {
      client.send(
          request(
              "POST", "demo.acme", "/", TOKEN, "Content-Length: 5\r\nExpect: 100-continue\r\n"));
      assertThat(client.answer().status()).isEqualTo(100);
      assertThat(client.send("hello").answer().status()).isEqualTo(200);
    }
    assertThat(backend.last().value("expect")).isEqualTo("100-continue");
  }

  @Test
  void aBodyThatTheUpstreamRefusesIsNeverAskedFor() {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno");
          socket.close();
        });

    try (RawClient client = gateway.connect()) {
      RawClient.Answer answer =
          client
              .send(
                  request(
                      "POST",
                      "demo.acme",
                      "/",
                      TOKEN,
                      "Content-Length: 5\r\nExpect: 100-continue\r\n"))
              .answer();

      assertThat(answer.status()).isEqualTo(417);
      assertThat(answer.value("connection")).isEqualTo("close");
    }
  }

  @Test
  void withoutATokenNobodyIsToldToContinue() {
    try (RawClient client = gateway.connect()) {
      RawClient.Answer answer =
          client
              .send(
                  "POST / HTTP/1.1\r\nHost: demo.acme.example.test\r\nContent-Length: 5\r\n"
                      + "Expect: 100-continue\r\n\r\n")
              .answer();

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.value("connection")).isEqualTo("close");
    }
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void connectionsToTheUpstreamAreUsedAgain() {
    try (RawClient client = gateway.connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.send(get("demo.acme", "/")).answer().status()).isEqualTo(200);
      }
    }

    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    backend.answers((request, socket) -> RawBackend.ok(request, socket, request.line()));

    try (RawClient client = gateway.connect()) {
      client.send(get("demo.acme", "/1") + get("demo.acme", "/2") + get("demo.acme", "/3"));

      assertThat(client.answer().body()).startsWith("GET /1 ");
      assertThat(client.answer().body()).startsWith("GET /2 ");
      assertThat(client.answer().body()).startsWith("GET /3 ");
    }
  }

  @Test
  void anOldClientGetsAnEndThatItUnderstands() {
    backend.answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

    try (RawClient client = gateway.connect()) {
      RawClient.Answer answer =
          client.send(get("demo.acme", "/").replace("HTTP/1.1", "HTTP/1.0")).answer();

      assertThat(answer.values("transfer-encoding")).isEmpty();
      assertThat(answer.body()).isEqualTo("abc");
    }
  }

  @Test
  void theIdOfARequestIsTheClientsOwnOnlyWhereItIsHarmless() {
    gateway.ask(request("GET", "demo.acme", "/", TOKEN, "X-Request-Id: client-id.0001\r\n"));
    assertThat(backend.last().value("x-request-id")).isEqualTo("client-id.0001");

    gateway.ask(request("GET", "demo.acme", "/", TOKEN, "X-Request-Id: a b;c\r\n"));
    assertThat(backend.last().value("x-request-id")).matches("[0-9a-f]{16}");
  }

  @Test
  void theAbsoluteFormOfATargetIsTakenIfItNamesTheSameHost() {
    String request = get("demo.acme", "/x");

    RawClient.Answer same =
        gateway.ask(request.replace("GET /x", "GET http://demo.acme.example.test/x"));
    RawClient.Answer other =
        gateway.ask(request.replace("GET /x", "GET http://demo.other.example.test/x"));

    assertThat(same.status()).isEqualTo(200);
    assertThat(backend.last().line()).isEqualTo("GET /x HTTP/1.1");
    assertThat(other.code()).isEqualTo("request_malformed");
  }

  private static String get(String host, String target) {
    return request("GET", host, target, TOKEN, "");
  }

  static String request(String method, String host, String target, String token, String headers) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: "
        + host
        + ".example.test\r\nAuthorization: Bearer "
        + token
        + "\r\n"
        + headers
        + "\r\n";
  }
}
