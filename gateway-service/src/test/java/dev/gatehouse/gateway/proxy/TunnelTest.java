package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class TunnelTest {

  static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSet-Cookie: a=b\r\n\r\n";

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(TestGateway.trust()).api("loki", "loki", backend.url()).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aWebSocketPassesBothWaysWithTheTenantAndWithoutTheToken() throws IOException {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, SWITCHED + "first");
          byte[] said = request.in().readNBytes(5);
          RawBackend.send(socket, new String(said, StandardCharsets.US_ASCII));
          socket.close();
        });

    try (RawClient client = gateway.connect()) {
      client.send(tail("X_Scope_OrgID: acme\r\nX-Loki-Actor-Path: x\r\n"));
      RawClient.Answer answer = client.answer();
      String first = text(client.in().readNBytes(5));
      client.send("hello");
      String echoed = text(client.in().readNBytes(5));

      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.value("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(answer.values("set-cookie")).isEmpty();
      assertThat(first).isEqualTo("first");
      assertThat(echoed).isEqualTo("hello");
      assertThat(client.isClosedByPeer()).isTrue();
    }
    RawBackend.Received received = backend.last();
    assertThat(received.line()).isEqualTo("GET /loki/api/v1/tail?query=x HTTP/1.1");
    assertThat(received.value("x-scope-orgid")).isEqualTo("acme");
    assertThat(received.value("sec-websocket-key")).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(received.value("upgrade")).isEqualTo("websocket");
    assertThat(received.values("authorization")).isEmpty();
    assertThat(received.values("x-loki-actor-path")).isEmpty();
    assertThat(received.head()).doesNotContain("X_Scope_OrgID");
  }

  @Test
  void whatItCarriesIsCountedWhileItIsOpenAndNotTwice() throws IOException {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, SWITCHED + "news");
          request.in().readNBytes(7);
        });

    try (RawClient client = gateway.connect()) {
      client.send(tail(""));
      assertThat(client.answer().status()).isEqualTo(101);
      client.in().readNBytes(4);
      client.send("hello");
      await().untilAsserted(() -> assertThat(carried("in")).isEqualTo(5));
      assertThat(carried("out")).isEqualTo(4);
      client.send("!!");
    }

    await().until(() -> gateway.registry.find("gatehouse.tenant.requests").counter() != null);
    assertThat(carried("in")).isEqualTo(7);
    assertThat(carried("out")).isEqualTo(4);
  }

  private double carried(String direction) {
    return gateway
        .registry
        .find("gatehouse.tenant.bytes")
        .tags("tenant", "acme", "api", "loki", "direction", direction)
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void aWebSocketOfAnotherTenantIsRefused() {
    RawClient.Answer answer = gateway.ask(tail("X_Scope_OrgID: other\r\n"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("tenant_mismatch");
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void anUpstreamThatWantsNoWebSocketIsAClearProblem() {
    backend.answers("HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nbad");

    RawClient.Answer answer = gateway.ask(tail(""));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("status 400");
  }

  @Test
  void aWebSocketEndsWithItsClient() {
    CompletableFuture<Void> cut = new CompletableFuture<>();
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, SWITCHED);
          request.in().read();
          cut.complete(null);
        });

    RawClient client = gateway.connect();
    assertThat(client.send(tail("")).answer().status()).isEqualTo(101);
    client.close();

    await().until(cut::isDone);
  }

  @Test
  void whatOnlyTheGatewayMaySayIsSaidByItAlone() {
    backend.answers((request, socket) -> RawBackend.send(socket, SWITCHED));

    try (RawClient client = gateway.connect()) {
      client.send(
          opening(
              "Upgrade, X-Scope-OrgID, Sec-WebSocket-Extensions, X-Forwarded-For",
              "X-Scope-OrgID: acme\r\nX_Scope-OrgID: acme\r\nX-API-Key: stolen\r\n"
                  + "X_Api.Key: stolen\r\nX-Forwarded-For: 192.0.2.1\r\nX-Tenant-ID: acme\r\n"
                  + "X-Gatehouse-Scopes: *:write\r\nProxy-Authorization: Basic YTpi\r\n"
                  + "Sec-WebSocket-Extensions: permessage-deflate\r\n"));

      assertThat(client.answer().status()).isEqualTo(101);
    }
    RawBackend.Received received = backend.last();
    assertThat(received.values("x-scope-orgid")).containsExactly("acme");
    assertThat(received.values("x-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(received.values("connection")).containsExactly("Upgrade");
    assertThat(received.head().toLowerCase(Locale.ROOT))
        .doesNotContain("api-key", "api.key", "authorization", "x-tenant-id", "gatehouse-scopes")
        .doesNotContain("x_scope", "stolen", "sec-websocket-extensions");
  }

  @Test
  void aSecondAuthorizationOpensNothing() {
    RawClient.Answer answer = gateway.ask(tail("Authorization: Bearer other\r\n"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(backend.received()).isEmpty();
  }

  @Test
  @Timeout(60)
  void aSlowReaderLeavesMemoryFlat() throws IOException {
    long size = 128L * 1024 * 1024;
    AtomicLong sent = new AtomicLong();
    byte[] block = new byte[64 * 1024];
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, SWITCHED);
          while (sent.get() < size) {
            socket.getOutputStream().write(block);
            sent.addAndGet(block.length);
          }
          socket.close();
        });

    try (RawClient client = gateway.connect()) {
      MemoryUse before = MemoryUse.now();
      assertThat(client.send(tail("")).answer().status()).isEqualTo(101);
      BackPressureTest.awaitStandstill(sent);
      MemoryUse stuck = MemoryUse.now();

      assertThat(sent.get()).isLessThan(32L * 1024 * 1024);
      assertThat(stuck.grownSince(before)).isLessThan(16L * 1024 * 1024);
      // The upstream is gone long before the last of it is read.
      assertThat(BackPressureTest.drain(client.in(), size)).isEqualTo(size);
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void whatAClientSendsOnAWebSocketAllArrives() throws IOException {
    long size = 8L * 1024 * 1024;
    AtomicLong received = new AtomicLong();
    backend.answers(
        (request, socket) -> {
          RawBackend.send(socket, SWITCHED);
          InputStream in = request.in();
          byte[] block = new byte[64 * 1024];
          while (received.get() < size) {
            int read = in.read(block);
            if (read < 0) {
              break;
            }
            received.addAndGet(read);
          }
          RawBackend.send(socket, "done");
        });

    try (RawClient client = gateway.connect()) {
      assertThat(client.send(tail("")).answer().status()).isEqualTo(101);
      client.send(new byte[(int) size]);

      assertThat(text(client.in().readNBytes(4))).isEqualTo("done");
    }
    assertThat(received).hasValue(size);
  }

  static String tail(String headers) {
    return opening("keep-alive, Upgrade", headers);
  }

  private static String opening(String connection, String headers) {
    return ForwardingTest.request(
        "GET",
        "loki.acme",
        "/loki/api/v1/tail?query=x",
        Tokens.of("acme"),
        "Connection: "
            + connection
            + "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + headers);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
