package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.hang;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that are not what they should be, where the gateway reads their answers itself. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class GatheringTest {

  private final ControlScene scene = new ControlScene();

  @BeforeEach
  void start() {
    scene.answering("{\"head\":0,\"gateways\":[],\"entries\":[],\"intact\":true}");
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "{\"gateways\":{}}",
        "{\"gateways\":[1]}",
        "{\"gateways\":[{\"id\":\"a\",\"applied\":\"x\"}]}",
        "{\"gateways\":[{\"id\":\"a\",\"lastContact\":\"now\"}]}",
        "{\"head\":\"x\"}"
      })
  void garbageIsNoAnswer(String body) {
    scene.keys.answers(ControlScene.json(200, body));

    assertGone(scene.get("/api/v1/gateways"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"entries\":{}}",
        "{\"entries\":[1]}",
        "{\"entries\":[{\"at\":\"now\",\"sequence\":1}]}",
        "{\"entries\":[{\"sequence\":1}]}",
        "{\"entries\":[{\"at\":\"2026-01-01T00:00:00Z\"}],\"next\":\"x\"}",
        "{\"entries\":[],\"next\":\"x\"}"
      })
  void garbageIsNoPageOfAnAuditLog(String body) {
    scene.tenants.answers(
        ControlScene.json(200, "{\"entries\":[{\"at\":\"2026-01-01T00:00:00Z\",\"sequence\":1}]}"));
    scene.keys.answers(ControlScene.json(200, body));

    assertGone(scene.get("/api/v1/audit"));
  }

  @ParameterizedTest
  @CsvSource({
    "302, not_allowed",
    "401, api_key_refused",
    "403, secret_made_up",
    "403, tenant_unknown",
    "418, not_allowed",
    "500, internal",
    "502, upstream_unreachable",
    "503, service_unavailable"
  })
  void whatIsNoRefusalOfOursIsNoAnswer(int status, String code) {
    scene.keys.answers(ControlScene.problem(status, code));

    RawClient.Answer answer = scene.get("/api/v1/gateways");

    assertGone(answer);
    assertThat(answer.body()).doesNotContain("As " + code);
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (RawBackend elsewhere = new RawBackend()) {
      scene.keys.answers(
          "HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: "
              + elsewhere.url()
              + "/\r\n\r\n");

      assertGone(scene.get("/api/v1/gateways"));
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void aBodyThatIsAnnouncedHugeIsNotRead() {
    scene.keys.answers(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{");

    assertGone(scene.get("/api/v1/gateways"));
  }

  @Test
  void aBodyThatNeverEndsIsNotReadToItsEnd() {
    scene.keys.answers((request, socket) -> flood(socket));

    assertGone(scene.get("/api/v1/gateways"));
  }

  @Test
  void anAnswerThatBreaksOffIsNoAnswer() {
    scene.keys.answers(
        (request, socket) -> {
          RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"gateways\":[]");
          socket.close();
        });

    assertGone(scene.get("/api/v1/gateways"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverTakesTooLongIsGone(boolean drips) {
    scene.keys.answers(
        (request, socket) -> {
          if (drips) {
            drip(socket);
          } else {
            hang(request);
          }
        });

    Instant before = Instant.now();
    RawClient.Answer answer = scene.get("/api/v1/gateways");

    assertGone(answer);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void onlySoManyAreAnsweredAtATime() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    scene.tenants.answers(
        (request, socket) -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          RawBackend.send(socket, ControlScene.json(200, "{\"intact\":true}"));
        });
    List<RawClient> clients = new ArrayList<>();
    String call = ControlScene.call("GET", "/api/v1/audit/verify", ControlScene.operator(), "");
    try {
      for (int i = 0; i < Gathering.MAX_CALLS; i++) {
        clients.add(scene.gateway.connect().send(call));
      }
      await().until(() -> scene.tenants.received().size() == Gathering.MAX_CALLS);

      RawClient.Answer oneMore = scene.gateway.ask(call);
      go.countDown();

      assertThat(oneMore.status()).isEqualTo(503);
      assertThat(oneMore.code()).isEqualTo("overloaded");
      for (RawClient client : clients) {
        assertThat(client.answer().status()).isEqualTo(200);
      }
      assertThat(scene.gateway.ask(call).status()).isEqualTo(200);
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  private static void assertGone(RawClient.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("service_unavailable");
    assertThat(answer.body()).doesNotContain("-service");
    assertThat(Integer.parseInt(answer.value("retry-after"))).isBetween(1, 5);
  }

  private static void flood(Socket socket) throws IOException {
    RawBackend.send(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = Integer.toHexString(1 << 20) + "\r\n" + " ".repeat(1 << 20) + "\r\n";
    while (true) {
      RawBackend.send(socket, chunk);
    }
  }

  private static void drip(Socket socket) throws IOException {
    RawBackend.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    while (true) {
      RawBackend.send(socket, " ");
      // A byte now and then: the connection is never idle.
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
