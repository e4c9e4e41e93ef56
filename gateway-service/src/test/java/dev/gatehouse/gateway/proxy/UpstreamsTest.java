package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.Backend;
import dev.gatehouse.gateway.routing.Mode;
import dev.gatehouse.gateway.routing.Timeouts;
import dev.gatehouse.gateway.routing.UpstreamCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several servers of a backend, its time-outs and its credentials change. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class UpstreamsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(2), LONG, LONG, Optional.empty());

  private final RawBackend one = new RawBackend();
  private final RawBackend two = new RawBackend();

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @AfterEach
  void stop() {
    gateway.close();
    one.close();
    two.close();
  }

  @Test
  void serversTakeTurns() {
    start(PATIENT, one.url(), two.url());

    for (int i = 0; i < 10; i++) {
      assertThat(get().status()).isEqualTo(200);
    }

    assertThat(one.received()).hasSize(5);
    assertThat(two.received()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void whatCouldNotBeSentGoesToAnotherServer(String method) throws IOException {
    start(PATIENT, gone(), one.url());

    for (int i = 0; i < 4; i++) {
      assertThat(ask(method, "Content-Length: 5\r\n", "hello").status()).isEqualTo(200);
    }

    assertThat(one.received()).hasSize(4);
    assertThat(one.last().readBody()).hasSize(5);
  }

  @Test
  void aServerThatFailedSeveralTimesInARowIsLeftAlone() throws IOException {
    start(PATIENT, gone(), one.url());

    for (int i = 0; i < 20; i++) {
      get();
    }

    assertThat(errors("connect")).isBetween(3.0, 6.0);
    assertThat(serversOut()).isEqualTo(1);
    assertThat(gateway.registry.get("gatehouse.upstream.servers").gauge().value()).isEqualTo(2);
  }

  @Test
  void aServerThatIsBackIsUsedAgain() {
    int port = two.port();
    start(PATIENT, one.url(), two.url());
    two.close();
    for (int i = 0; i < 8; i++) {
      assertThat(get().status()).isEqualTo(200);
    }
    boolean wasOut = serversOut() == 1;

    try (RawBackend again = new RawBackend(port)) {
      await().until(() -> get().status() == 200 && !again.received().isEmpty());

      assertThat(wasOut).isTrue();
      assertThat(serversOut()).isZero();
    }
  }

  @Test
  void withAllServersOutOneIsTriedAnyway() throws IOException {
    int port = two.port();
    start(PATIENT, gone(), two.url());
    two.close();
    for (int i = 0; i < 8; i++) {
      assertThat(get().status()).isEqualTo(502);
    }
    double out = serversOut();

    try (RawBackend again = new RawBackend(port)) {
      int served = get().status() + get().status();

      assertThat(out).isEqualTo(2);
      assertThat(served).isEqualTo(400);
      assertThat(again.received()).hasSize(2);
    }
  }

  @Test
  void anAnswerOf500IsAnAnswer() {
    one.answers("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
    start(PATIENT, one.url(), two.url());

    for (int i = 0; i < 10; i++) {
      get();
    }

    assertThat(one.received()).hasSize(5);
    assertThat(serversOut()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
  void whatMayBeRepeatedIsAskedOfAnotherServerOnce(String method) {
    one.answers((request, socket) -> socket.close());
    two.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    start(PATIENT, one.url(), two.url());

    for (int i = 0; i < 2; i++) {
      assertThat(ask(method, "", "").status()).isEqualTo(200);
    }

    assertThat(two.received()).hasSize(2);
    assertThat(errors("broken")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void whatMayNotBeRepeatedIsNot(String method) {
    one.answers((request, socket) -> socket.close());
    start(PATIENT, one.url(), two.url());

    RawClient.Answer first = ask(method, "", "");
    RawClient.Answer second = ask(method, "", "");

    assertThat(List.of(first.status(), second.status())).containsExactlyInAnyOrder(200, 502);
    assertThat(one.received()).hasSize(1);
    assertThat(two.received()).hasSize(1);
  }

  @Test
  void aBodyThatWasSentIsNotSentTwice() {
    one.answers((request, socket) -> socket.close());
    two.answers((request, socket) -> socket.close());
    start(PATIENT, one.url(), two.url());

    RawClient.Answer answer = ask("PUT", "Content-Length: 5\r\n", "hello");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(one.received().size() + two.received().size()).isEqualTo(1);
  }

  @Test
  void aBodyThatNobodyAskedForMayBeSentToAnother() {
    one.answers((request, socket) -> socket.close());
    two.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 100 Continue\r\n\r\n");
          RawBackend.ok(request, socket, "got " + request.readBody().length);
        });
    start(PATIENT, one.url(), two.url());

    try (RawClient client = gateway.connect()) {
      client.send(request("PUT", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
      assertThat(client.answer().status()).isEqualTo(100);

      assertThat(client.send("hello").answer().body()).isEqualTo("got 5");
    }
  }

  @Test
  void nothingIsTriedThreeTimes() {
    one.answers((request, socket) -> socket.close());
    two.answers((request, socket) -> socket.close());
    start(PATIENT, one.url(), two.url());

    RawClient.Answer answer = get();

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).doesNotContain("127.0.0.1").doesNotContain("Exception");
    assertThat(one.received().size() + two.received().size()).isEqualTo(2);
  }

  @Test
  void anUpstreamThatTakesNoConnectionIs504AndNamesNothing() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        java.net.Socket first = new java.net.Socket();
        java.net.Socket second = new java.net.Socket()) {
      first.connect(full.getLocalSocketAddress());
      second.connect(full.getLocalSocketAddress());
      start(
          new Timeouts(Duration.ofMillis(300), LONG, LONG, Optional.empty()),
          "http://127.0.0.1:" + full.getLocalPort());

      RawClient.Answer answer = get();

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.code()).isEqualTo("upstream_timeout");
      assertThat(answer.body()).doesNotContain(Integer.toString(full.getLocalPort()));
      assertThat(errors("connect_timeout")).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatTakesLongerThanAllMayTakeIsCutOff() {
    one.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          CompletableFuture<Void> pause = new CompletableFuture<>();
          while (!socket.isClosed()) {
            RawBackend.send(socket, "1\r\nx\r\n");
            pause.copy().completeOnTimeout(null, 50, TimeUnit.MILLISECONDS).join();
          }
        });
    start(total(Duration.ofMillis(500)), one.url());

    try (RawClient client = gateway.connect()) {
      client.send(request("GET", ""));
      byte[] all = client.in().readAllBytes();

      assertThat(new String(all, java.nio.charset.StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200")
          .doesNotEndWith("0\r\n\r\n");
    } catch (IOException e) {
      // A reset connection is no complete answer either.
    }
    assertThat(errors("total_timeout")).isEqualTo(1);
    assertThat(serversOut()).isZero();
  }

  @Test
  void anUploadThatTakesLongerThanAllMayTakeIs504() {
    start(total(Duration.ofMillis(500)), one.url());

    try (RawClient client = gateway.connect()) {
      client.send(request("POST", "Content-Length: 100\r\n") + "slow");

      assertThat(client.answer().status()).isEqualTo(504);
    }
  }

  @Test
  void aRequestThatIsQuickEnoughIsServed() {
    start(total(LONG), one.url());

    assertThat(get().status()).isEqualTo(200);
  }

  @Test
  void theGatewayShowsItsOwnCredentialsAndNotTheClients() {
    start(PATIENT, Optional.of(UpstreamCredentials.basic("gate", "s3cret")), false, one.url());

    get();

    assertThat(one.last().values("authorization")).containsExactly("Basic Z2F0ZTpzM2NyZXQ=");
  }

  @Test
  void theGatewayMayShowABearerToken() {
    start(PATIENT, Optional.of(UpstreamCredentials.bearer("its-own")), false, one.url());

    get();

    assertThat(one.last().values("authorization")).containsExactly("Bearer its-own");
  }

  @Test
  void whatTheClientCallsItsAuthorizationNeverStandsInForTheGateways() {
    start(PATIENT, Optional.of(UpstreamCredentials.bearer("its-own")), false, one.url());

    ask("GET", "X_Authorization: a\r\nConnection: Authorization\r\n", "");

    assertThat(one.last().values("authorization")).containsExactly("Bearer its-own");
  }

  @Test
  void theClientsTokenReachesAnApiThatMayHaveIt() {
    start(PATIENT, Optional.empty(), true, one.url());
    String request = request("GET", "");

    gateway.ask(request);

    assertThat(request).contains("Authorization: " + one.last().value("authorization"));
    assertThat(one.last().value("authorization")).startsWith("Bearer ey");
  }

  @Test
  void whoIsAskedIsToldOfTheClientBehindTrustedProxies() {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", one.url())
            .trusting("127.0.0.0/8")
            .start();

    ask(
        "GET",
        "X-Forwarded-For: 1.1.1.1, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
            + "Forwarded: for=2.2.2.2\r\nX-Real-IP: 3.3.3.3\r\n",
        "");

    assertThat(one.last().value("x-forwarded-for")).isEqualTo("203.0.113.9, 127.0.0.1");
    assertThat(one.last().value("x-forwarded-proto")).isEqualTo("https");
    assertThat(one.last().head()).doesNotContain("1.1.1.1", "2.2.2.2", "3.3.3.3");
  }

  private void start(Timeouts timeouts, String... urls) {
    start(timeouts, Optional.empty(), false, urls);
  }

  private void start(
      Timeouts timeouts,
      Optional<UpstreamCredentials> credentials,
      boolean forwardsToken,
      String... urls) {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api(
                "demo",
                "any",
                new Backend(
                    "demo",
                    Arrays.stream(urls).map(URI::create).toList(),
                    timeouts,
                    false,
                    credentials),
                new Api.Settings(
                    "X-Scope-OrgID", Optional.empty(), false, forwardsToken, false, Mode.ENFORCE))
            .start();
  }

  private static Timeouts total(Duration total) {
    return new Timeouts(Duration.ofSeconds(2), LONG, LONG, Optional.of(total));
  }

  private RawClient.Answer get() {
    return ask("GET", "", "");
  }

  private RawClient.Answer ask(String method, String headers, String body) {
    return gateway.ask(request(method, headers) + body);
  }

  private static String request(String method, String headers) {
    return ForwardingTest.request(method, "demo.acme", "/x", Tokens.of("acme"), headers);
  }

  private double errors(String reason) {
    return gateway
        .registry
        .get("gatehouse.upstream.errors")
        .tags("api", "demo", "reason", reason)
        .counter()
        .count();
  }

  private double serversOut() {
    return gateway
        .registry
        .get("gatehouse.upstream.servers.out")
        .tag("api", "demo")
        .gauge()
        .value();
  }

  private static String gone() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + free.getLocalPort();
    }
  }
}
