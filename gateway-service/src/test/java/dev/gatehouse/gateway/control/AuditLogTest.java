package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.alice;
import static dev.gatehouse.gateway.control.ControlScene.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {

  private static final String HASH = "ab".repeat(32);

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  void bothLogsReadAsOne(String order) {
    scene.tenants.answers(new FakeAudit("tenants", 1, 4, 5, 9));
    scene.keys.answers(new FakeAudit("keys", 2, 3, 6, 7, 8));

    List<String> times = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = page("/api/v1/audit?limit=2&order=" + order + cursor);
      page.getJsonArray("entries")
          .forEach(entry -> times.add(((JsonObject) entry).getString("at").substring(18, 19)));
      cursor = page.containsKey("next") ? "&cursor=" + page.getString("next") : "";
    } while (!cursor.isEmpty());

    assertThat(String.join("", times)).isEqualTo(order.equals("asc") ? "123456789" : "987654321");
  }

  @Test
  void theNewestComesFirstAndAHundredAtATime() {
    scene.tenants.answers(new FakeAudit("tenants", 1, 4));
    scene.keys.answers(new FakeAudit("keys", 2));

    JsonObject page = page("/api/v1/audit");

    assertThat(page.getJsonArray("entries").getJsonObject(0).getString("at")).endsWith("04Z");
    assertThat(page.containsKey("next")).isFalse();
    assertThat(FakeAudit.query(scene.keys.last().line())).isEqualTo(Map.of("limit", "100"));
  }

  @Test
  void filtersReachBothServicesAsTheyAre() {
    scene.answering("{\"entries\":[]}");

    scene.get(
        "/api/v1/audit?tenant=acme:pay&actor=a%26b&action=key.add&outcome=refused&since=2026");

    for (RawBackend service : List.of(scene.tenants, scene.keys)) {
      assertThat(FakeAudit.query(service.last().line()))
          .containsEntry("tenant", "acme:pay")
          .containsEntry("actor", "a&b")
          .containsEntry("action", "key.add")
          .containsEntry("outcome", "refused")
          .containsEntry("since", "2026")
          .doesNotContainKeys("b", "service", "cursor");
    }
  }

  @Test
  void oneServiceCanBeAskedAlone() {
    scene.keys.answers(new FakeAudit("keys", 1, 2, 3));

    JsonObject page = page("/api/v1/audit?service=keys&limit=2");
    JsonObject next = page("/api/v1/audit?service=keys&limit=2&cursor=" + page.getString("next"));

    assertThat(page.getJsonArray("entries")).hasSize(2);
    assertThat(next.getJsonArray("entries")).hasSize(1);
    assertThat(next.containsKey("next")).isFalse();
    assertThat(scene.tenants.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=x",
        "order=up",
        "service=other",
        "cursor=x",
        "cursor=dGVuYW50czox%00",
        "cursor="
      })
  void whatCannotBeAskedIsRefusedHere(String query) {
    RawClient.Answer answer = scene.get("/api/v1/audit?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(scene.tenants.received()).isEmpty();
    assertThat(scene.keys.received()).isEmpty();
  }

  @Test
  void whoMayNotReadItHearsWhatTheServicesSay() {
    scene.tenants.answers(ControlScene.problem(403, "scope_insufficient"));
    scene.keys.answers(ControlScene.problem(403, "scope_insufficient"));

    RawClient.Answer answer = scene.get("/api/v1/audit", alice());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("scope_insufficient");
    assertThat(answer.body()).contains("As scope_insufficient");
  }

  @Test
  void eachServiceChecksItsLogAgainstWhatThisGatewayHasKept() {
    scene.heads.put(Service.TENANTS, new AuditHead(7, HASH, "seal"));
    scene.heads.put(Service.KEYS, new AuditHead(0, HASH, "seal"));
    scene.tenants.answers(ControlScene.json(200, verdict("tenants", true, "")));
    scene.keys.answers(
        ControlScene.json(
            200, verdict("keys", false, ",\"firstBad\":{\"sequence\":3,\"why\":\"x\"}")));

    JsonObject verdict = page("/api/v1/audit/verify");

    assertThat(verdict.getBoolean("intact")).isFalse();
    assertThat(verdict.getJsonArray("services").getJsonObject(0).getString("service"))
        .isEqualTo("tenants");
    assertThat(verdict.getJsonArray("services").getJsonObject(1).getJsonObject("firstBad"))
        .isEqualTo(new JsonObject().put("sequence", 3).put("why", "x"));
    assertThat(FakeAudit.query(scene.tenants.last().line()))
        .isEqualTo(Map.of("keptSequence", "7", "keptHash", HASH));
    assertThat(FakeAudit.query(scene.keys.last().line())).isEmpty();
  }

  @Test
  void bothIntactIsIntact() {
    scene.tenants.answers(ControlScene.json(200, verdict("tenants", true, "")));
    scene.keys.answers(ControlScene.json(200, verdict("keys", true, "")));

    assertThat(page("/api/v1/audit/verify").getBoolean("intact")).isTrue();
  }

  @Test
  void pruningGoesToTheServiceThatIsNamed() {
    List<String> bodies = new ArrayList<>();
    scene.keys.answers(
        (request, socket) -> {
          bodies.add(new String(request.readBody(), StandardCharsets.UTF_8));
          RawBackend.send(
              socket, ControlScene.json(200, "{\"service\":\"keys\",\"removed\":2,\"from\":3}"));
        });

    RawClient.Answer answer =
        scene.post(
            "/api/v1/audit/prune",
            operator(),
            "{\"service\":\"keys\",\"through\":2,\"hash\":\"" + HASH + "\"}");

    assertThat(answer.body()).isEqualTo("{\"service\":\"keys\",\"removed\":2,\"from\":3}");
    assertThat(scene.keys.last().line()).isEqualTo("POST /api/v1/audit/prune HTTP/1.1");
    assertThat(bodies).containsExactly("{\"through\":2,\"hash\":\"" + HASH + "\"}");
    assertThat(scene.tenants.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"service\":\"other\"}", "{\"service\":3}", "[]", "x", ""})
  void pruningWithoutAServiceIsRefused(String body) {
    RawClient.Answer answer = scene.post("/api/v1/audit/prune", operator(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(scene.tenants.received()).isEmpty();
    assertThat(scene.keys.received()).isEmpty();
  }

  private static String verdict(String service, boolean intact, String more) {
    return "{\"service\":\"%s\",\"intact\":%s,\"entries\":7,\"from\":1,\"to\":7%s}"
        .formatted(service, intact, more);
  }

  private JsonObject page(String target) {
    RawClient.Answer answer = scene.get(target);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }
}
