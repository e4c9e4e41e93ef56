package dev.gatehouse.gateway.proxy;

import static dev.gatehouse.gateway.limit.Limiters.bodyBytes;
import static dev.gatehouse.gateway.limit.Limiters.bytesPerSecond;
import static dev.gatehouse.gateway.limit.Limiters.concurrentRequests;
import static dev.gatehouse.gateway.limit.Limiters.openStreams;
import static dev.gatehouse.gateway.limit.Limiters.requestsPerSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.gateway.routing.ConfiguredApis;
import dev.gatehouse.gateway.trust.TrustBuilder;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each limit, what a client sees of it, and that it is nobody else's. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class LimitsTest {

  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  /** It stands, so that nothing refills unless a test says so. */
  private final AtomicLong clock = new AtomicLong();

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .api("loki", "loki", backend.url())
            .api(
                ConfiguredApis.api(
                    "trial", "catalog", "any", "upstream", backend.url(), "mode", "report"))
            .limitClock(clock::get)
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aTenantThatAsksTooOftenIsToldWhenToComeBack() {
    limit("acme", requestsPerSecond(1));
    assertThat(get("acme").status()).isEqualTo(200);

    RawClient.Answer answer = get("acme");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("limit_exceeded");
    assertThat(answer.body()).contains("This tenant has used up its limit of requests per second");
    assertThat(Integer.parseInt(answer.value("retry-after"))).isBetween(1, 2);
    assertThat(backend.received()).hasSize(1);
    assertThat(rejections("acme", "requests_per_second")).isEqualTo(1);
    clock.addAndGet(1_000_000_000);
    assertThat(get("acme").status()).isEqualTo(200);
  }

  @Test
  void anotherTenantAndAnotherPathDoNotFeelIt() {
    limit("acme:pay", requestsPerSecond(1));
    get("acme--pay", "acme:pay");
    assertThat(get("acme--pay", "acme:pay").status()).isEqualTo(429);

    for (int i = 0; i < 5; i++) {
      assertThat(get("other").status()).isEqualTo(200);
      assertThat(get("acme").status()).isEqualTo(200);
    }
  }

  @Test
  void aChildIsRefusedWhenItsParentHasUsedUpWhatBothHave() {
    limit("acme", requestsPerSecond(1));
    assertThat(get("acme").status()).isEqualTo(200);

    assertThat(get("acme--pay", "acme:pay").status()).isEqualTo(429);
    assertThat(rejections("acme", "requests_per_second")).isEqualTo(1);
  }

  @Test
  void whoIsNotLetInByTheirTokenUsesUpNothing() {
    limit("acme", requestsPerSecond(1));
    for (int i = 0; i < 5; i++) {
      gateway.ask(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("other"), ""));
      gateway.ask("GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n");
    }

    assertThat(get("acme").status()).isEqualTo(200);
  }

  @Test
  void aRequestThatIsUnderWayTakesAPlaceUntilItEnds() throws Exception {
    limit("acme", concurrentRequests(1));
    CountDownLatch go = new CountDownLatch(1);
    backend.answers(
        (request, socket) -> {
          if (request.line().contains("/slow")) {
            awaitQuietly(go);
          }
          RawBackend.ok(request, socket, "ok");
        });

    try (RawClient slow = gateway.connect()) {
      slow.send(ForwardingTest.request("GET", "demo.acme", "/slow", Tokens.of("acme"), ""));
      await().until(() -> !backend.received().isEmpty());
      RawClient.Answer answer = get("acme");
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.body()).contains("concurrent requests");
      assertThat(Integer.parseInt(answer.value("retry-after"))).isBetween(1, 2);
      go.countDown();

      assertThat(slow.answer().status()).isEqualTo(200);
    }
    await().until(() -> get("acme").status() == 200);
  }

  @Test
  void aClientThatGoesAwayGivesItsPlaceBack() {
    limit("acme", concurrentRequests(1));
    AtomicBoolean answers = new AtomicBoolean();
    backend.answers(
        (request, socket) -> {
          if (answers.get()) {
            RawBackend.ok(request, socket, "ok");
          }
        });

    for (int i = 0; i < 3; i++) {
      int before = backend.received().size();
      try (RawClient client = gateway.connect()) {
        client.send(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), ""));
        await().until(() -> backend.received().size() > before);
        assertThat(get("acme").status()).isEqualTo(429);
      }
      await().until(() -> inflight() == 0);
    }
    answers.set(true);

    assertThat(get("acme").status()).isEqualTo(200);
  }

  @Test
  void anUpstreamThatFailsGivesThePlaceBack() {
    limit("acme", concurrentRequests(1));
    backend.answers((request, socket) -> socket.close());

    for (int i = 0; i < 3; i++) {
      assertThat(get("acme").status()).isEqualTo(502);
    }
  }

  @Test
  void aWebSocketIsAnOpenStreamUntilItIsClosedAndNoConcurrentRequest() {
    limit("acme", new TenantLimits(none(), none(), one(), one(), none()));
    backend.answers(
        (request, socket) -> {
          if (request.line().contains("tail")) {
            RawBackend.send(socket, SWITCHED);
          } else {
            RawBackend.ok(request, socket, "ok");
          }
        });

    try (RawClient client = gateway.connect()) {
      assertThat(client.send(tail()).answer().status()).isEqualTo(101);

      RawClient.Answer second = gateway.ask(tail());
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.body()).contains("open streams");
      assertThat(get("acme").status()).isEqualTo(200);
    }
    await()
        .until(
            () -> {
              try (RawClient client = gateway.connect()) {
                return client.send(tail()).answer().status() == 101;
              }
            });
  }

  @Test
  void aWebSocketThatIsRefusedByTheUpstreamIsNotOpen() {
    limit("acme", openStreams(1));
    backend.answers("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");

    for (int i = 0; i < 3; i++) {
      assertThat(gateway.ask(tail()).status()).isEqualTo(502);
    }
  }

  @Test
  void aBodyWhoseLengthIsTooLargeIsRefusedBeforeTheUpstreamHearsOfIt() {
    limit("acme", bodyBytes(5));

    RawClient.Answer answer = gateway.ask(post("Content-Length: 6\r\n") + "123456");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("body_too_large");
    assertThat(answer.values("retry-after")).isEmpty();
    assertThat(backend.received()).isEmpty();
    assertThat(rejections("acme", "body_bytes")).isEqualTo(1);
    assertThat(gateway.ask(post("Content-Length: 5\r\n") + "12345").status()).isEqualTo(200);
  }

  @Test
  void whoAsksBeforeSendingIsRefusedWithoutHavingSentAnything() {
    limit("acme", bodyBytes(5));

    RawClient.Answer answer =
        gateway.ask(post("Content-Length: 1000000\r\nExpect: 100-continue\r\n"));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void aBodyInChunksIsCutOffWhereItIsTooLargeAndTheUpstreamNeverHasAllOfIt() throws Exception {
    limit("acme", bodyBytes(5));
    CompletableFuture<Boolean> complete = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          try {
            request.readBody();
            complete.complete(true);
          } catch (IOException | RuntimeException cutOff) {
            complete.complete(false);
          }
        });

    try (RawClient client = gateway.connect()) {
      client.send(post("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n");
      await().until(() -> backend.received().size() == 1);
      RawClient.Answer answer = client.send("3\r\ndef\r\n0\r\n\r\n").answer();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.code()).isEqualTo("body_too_large");
    }
    await().until(complete::isDone);
    assertThat(complete.get()).isFalse();
  }

  @Test
  void aBodyInChunksThatIsSmallEnoughPasses() {
    limit("acme", bodyBytes(6));

    RawClient.Answer answer =
        gateway.ask(post("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void anAnswerThatHasBegunIsBrokenOffWhenTheBodyTurnsOutTooLarge() throws Exception {
    limit("acme", bodyBytes(5));
    backend.answers(
        (request, socket) ->
            RawBackend.send(
                socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nyes\r\n"));

    try (RawClient client = gateway.connect()) {
      client.send(post("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n");
      assertThat(RawBackend.readHead(client.in())).startsWith("HTTP/1.1 200");
      client.in().readNBytes("3\r\nyes\r\n".length());

      client.send("3\r\ndef\r\n");

      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aBodyOverHttp2WithoutALengthIsCountedToo() {
    limit("acme", bodyBytes(5));

    HttpClientResponse large = TestGateway.await(http2("123", "456"));
    HttpClientResponse small = TestGateway.await(http2("123", "45"));

    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(small.statusCode()).isEqualTo(200);
  }

  @Test
  void aFirstPieceOverHttp2ThatIsTooLargeIsRefusedBeforeTheUpstreamHearsOfIt() {
    limit("acme", bodyBytes(5));

    assertThat(TestGateway.await(http2("123456", "")).statusCode()).isEqualTo(413);
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void aBodyOverTheBytesPerSecondPassesWholeAndTheNextRequestWaits() throws IOException {
    limit("acme", bytesPerSecond(100));

    assertThat(gateway.ask(post("Content-Length: 1000\r\n") + "x".repeat(1_000)).status())
        .isEqualTo(200);

    assertThat(backend.last().readBody()).hasSize(1_000);
    RawClient.Answer next = get("acme");
    assertThat(next.status()).isEqualTo(429);
    assertThat(next.body()).contains("bytes per second");
    assertThat(Integer.parseInt(next.value("retry-after"))).isBetween(8, 15);
    assertThat(get("other").status()).isEqualTo(200);
  }

  @Test
  void anApiThatOnlyReportsRefusesNothingAndCutsNothingOff() {
    limit("acme", new TenantLimits(one(), none(), none(), none(), Optional.of(5L)));
    String chunks = "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
    String trial = post("Transfer-Encoding: chunked\r\n").replace("demo.acme", "trial.acme");

    assertThat(gateway.ask(trial + chunks).status()).isEqualTo(200);
    assertThat(gateway.ask(trial + chunks).status()).isEqualTo(200);
    assertThat(
            gateway
                .registry
                .find("gatehouse.report.only.refusals")
                .tags("code", "limit_exceeded")
                .counters())
        .hasSize(1);
    assertThat(get("acme").status()).isEqualTo(429);
  }

  @Test
  void aLimitThatIsChangedCountsAtOnce() {
    limit("acme", requestsPerSecond(1));
    get("acme");
    assertThat(get("acme").status()).isEqualTo(429);

    gateway.trusted.set(TrustBuilder.from(gateway.trusted.current()).tenants("acme").build());

    for (int i = 0; i < 5; i++) {
      assertThat(get("acme").status()).isEqualTo(200);
    }
  }

  private void limit(String tenant, TenantLimits limits) {
    gateway.trusted.set(
        TrustBuilder.from(gateway.trusted.current()).limited(tenant, limits).build());
  }

  private RawClient.Answer get(String tenant) {
    return get(tenant, tenant);
  }

  private RawClient.Answer get(String label, String tenant) {
    return gateway.ask(ForwardingTest.request("GET", "demo." + label, "/x", Tokens.of(tenant), ""));
  }

  private static String post(String headers) {
    return ForwardingTest.request("POST", "demo.acme", "/x", Tokens.of("acme"), headers);
  }

  private static String tail() {
    return ForwardingTest.request(
        "GET",
        "loki.acme",
        "/loki/api/v1/tail?query=x",
        Tokens.of("acme"),
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
  }

  private Future<HttpClientResponse> http2(String first, String second) {
    HttpClient client =
        gateway
            .vertx()
            .createHttpClient(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(gateway.port(), "127.0.0.1"))
                .setHost("demo.acme.example.test")
                .setURI("/x")
                .putHeader("Authorization", "Bearer " + Tokens.of("acme")))
        .compose(request -> send(request, first, second));
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest request, String first, String second) {
    request.setChunked(true);
    request.write(first);
    request.end(Buffer.buffer(second));
    return request.response();
  }

  private double rejections(String tenant, String limit) {
    return gateway
        .registry
        .find("gatehouse.limit.rejections")
        .tags("tenant", tenant, "limit", limit)
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private double inflight() {
    return gateway.registry.get("gatehouse.inflight.requests").gauge().value();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Long> one() {
    return Optional.of(1L);
  }

  private static Optional<Long> none() {
    return Optional.empty();
  }
}
