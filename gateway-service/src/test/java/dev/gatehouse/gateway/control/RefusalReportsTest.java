package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.alice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.Tokens;
import dev.gatehouse.gateway.trust.TrustBuilder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the services hear of calls that the gateway has refused. */
class RefusalReportsTest {

  private static final String ELSEWHERE = "X-Tenant-ID: other\r\n";

  private final ControlScene scene = new ControlScene();
  private final List<JsonObject> tenants = new CopyOnWriteArrayList<>();
  private final List<JsonObject> keys = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    scene.tenants.answers((request, socket) -> hear(request, socket, tenants));
    scene.keys.answers((request, socket) -> hear(request, socket, keys));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void theServiceOfTheRouteHearsWhoWantedWhat() {
    RawClient.Answer answer =
        scene.ask("DELETE", "/api/v1/tenants/other?recursive=true", alice(), ELSEWHERE);

    assertThat(answer.code()).isEqualTo("tenant_mismatch");
    await().until(() -> tenants.size() == 1);
    JsonObject entry = tenants.get(0);
    JsonObject actor = (JsonObject) entry.remove("actor");
    assertThat(entry)
        .isEqualTo(
            new JsonObject()
                .put("tenant", "acme")
                .put("action", "DELETE")
                .put("resource", "/api/v1/tenants/other")
                .put("code", "tenant_mismatch")
                .put("client", "127.0.0.1")
                .put("requestId", answer.value("x-request-id")));
    assertThat(actor.getString("tenant")).isEqualTo("acme");
    assertThat(actor.getString("username")).isEqualTo("alice");
    assertThat(actor.getString("means")).isEqualTo("oidc");
    assertThat(actor.getString("issuer")).hasSize(36);
    assertThat(keys).isEmpty();
  }

  @Test
  void itHearsItFromTheGatewayItself() {
    scene.ask("GET", "/api/v1/keys", alice(), ELSEWHERE);

    await().until(() -> keys.size() == 1);
    RawBackend.Received received = scene.keys.last();
    assertThat(received.line()).isEqualTo("POST /internal/v1/audit/refusals HTTP/1.1");
    assertThat(received.value("x-api-key")).isEqualTo(ControlScene.KEY);
    assertThat(received.value("x-tenant-id")).isEqualTo("*");
    assertThat(received.values("x-gatehouse-issuer")).isEmpty();
    assertThat(received.values("x-username")).isEmpty();
  }

  @Test
  void ofATenantTokenItHearsTheKey() {
    scene.get("/api/v1/keys", Tokens.of("acme"));

    await().until(() -> keys.size() == 1);
    assertThat(keys.get(0).getJsonObject("actor"))
        .isEqualTo(
            new JsonObject()
                .put("tenant", "acme")
                .put("key", TrustBuilder.thumbprint(Tokens.KEY.getPublic()).value())
                .put("means", "tenant-token"));
  }

  @Test
  void whatTheGatewayAnswersItselfIsHeardByTheTenantService() {
    scene.get("/api/v1/feeds", Tokens.of("acme", "tenants:read"));

    await().until(() -> tenants.size() == 1);
    assertThat(tenants.get(0).getString("code")).isEqualTo("not_allowed");
  }

  @Test
  void whatAServiceRefusesItKnowsAlready() {
    scene.tenants.answers(ControlScene.problem(403, "not_allowed"));
    scene.keys.answers(ControlScene.problem(403, "not_allowed"));

    assertThat(scene.get("/api/v1/gateways").status()).isEqualTo(403);
    assertThat(scene.get("/api/v1/tenants").status()).isEqualTo(403);

    assertNobodyIsTold();
  }

  @Test
  void whoIsNotLetInAtAllIsNotWrittenDown() {
    assertThat(scene.get("/api/v1/tenants", "nonsense").status()).isEqualTo(401);
    assertThat(scene.get("/api/v1/tenants", Tokens.expired("acme")).status()).isEqualTo(401);
    assertThat(scene.ask("GET", "/api/v1/tenants", alice(), "X-Tenant-ID: !\r\n").status())
        .isEqualTo(400);

    assertNobodyIsTold();
  }

  @Test
  void noAnswerWaitsForAServiceThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    scene.keys.answers(
        (request, socket) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });

    for (int i = 0; i < 20; i++) {
      assertThat(scene.ask("GET", "/api/v1/keys", alice(), ELSEWHERE).status()).isEqualTo(403);
    }

    await().until(() -> !scene.keys.received().isEmpty());
    assertThat(scene.keys.received()).hasSize(1);
  }

  @Test
  void whatAServiceCouldNotHearItHearsLater() {
    AtomicInteger attempts = new AtomicInteger();
    scene.keys.answers(
        (request, socket) -> {
          if (attempts.incrementAndGet() < 3) {
            request.readBody();
            RawBackend.send(socket, ControlScene.problem(503, "service_unavailable"));
          } else {
            hear(request, socket, keys);
          }
        });

    scene.ask("GET", "/api/v1/keys", alice(), ELSEWHERE);
    scene.ask("POST", "/api/v1/keys", alice(), ELSEWHERE);

    await().until(() -> keys.size() == 2);
    assertThat(keys).extracting(entry -> entry.getString("action")).containsExactly("GET", "POST");
  }

  @Test
  void whatAServiceWillNotHearIsNotSaidAgain() {
    AtomicInteger attempts = new AtomicInteger();
    scene.keys.answers(
        (request, socket) -> {
          if (attempts.incrementAndGet() == 1) {
            request.readBody();
            RawBackend.send(socket, ControlScene.problem(400, "field_invalid"));
          } else {
            hear(request, socket, keys);
          }
        });

    scene.ask("GET", "/api/v1/keys", alice(), ELSEWHERE);
    await().until(() -> attempts.get() == 1);
    scene.ask("POST", "/api/v1/keys", alice(), ELSEWHERE);

    await().until(() -> !keys.isEmpty());
    assertThat(keys).extracting(entry -> entry.getString("action")).containsExactly("POST");
  }

  @Test
  void aFloodIsToldOfWithinBounds() {
    for (int i = 0; i < RefusalQueue.MAX_PER_MINUTE + 20; i++) {
      scene.ask("GET", "/api/v1/keys", alice(), ELSEWHERE);
    }
    scene.ask("GET", "/api/v1/keys", Tokens.of("other"), "");

    await().until(() -> keys.stream().anyMatch(entry -> entry.getString("tenant").equals("other")));
    assertThat(keys)
        .filteredOn(entry -> entry.getString("tenant").equals("acme"))
        .hasSizeLessThanOrEqualTo(RefusalQueue.MAX_PER_MINUTE);
  }

  /** A refusal that is told comes in order, so nothing can be on its way before it. */
  private void assertNobodyIsTold() {
    scene.tenants.answers((request, socket) -> hear(request, socket, tenants));
    scene.keys.answers((request, socket) -> hear(request, socket, keys));
    scene.ask("PATCH", "/api/v1/tenants/acme", alice(), ELSEWHERE);
    scene.ask("PATCH", "/api/v1/issuers/one", alice(), ELSEWHERE);

    await().until(() -> tenants.size() == 1 && keys.size() == 1);
    assertThat(tenants.get(0).getString("action")).isEqualTo("PATCH");
    assertThat(keys.get(0).getString("action")).isEqualTo("PATCH");
  }

  private static void hear(RawBackend.Received request, Socket socket, List<JsonObject> heard)
      throws IOException {
    String body = new String(request.readBody(), StandardCharsets.UTF_8);
    if (request.line().startsWith("POST /internal/v1/audit/refusals ")) {
      new JsonObject(body).getJsonArray("entries").forEach(entry -> heard.add((JsonObject) entry));
      RawBackend.send(socket, "HTTP/1.1 204 No Content\r\n\r\n");
    } else {
      RawBackend.send(socket, ControlScene.json(200, "{}"));
    }
  }
}
