package dev.gatehouse.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.proxy.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewaysTest {

  private static final String UNKNOWN = ControlScene.problem(404, "gateway_not_found");
  private static final String REMOVED =
      ControlScene.json(200, "{\"id\":\"g1\",\"name\":\"one\",\"more\":1}");

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void aGatewayIsOneWhateverServicesKnowIt() {
    JsonObject merged =
        Gateways.merged(
            Map.of(
                Service.TENANTS,
                known(
                    12,
                    gateway("g2", "two", 12, "2026-01-01T00:00:05Z", true),
                    gateway("g1", "one", 10, "2026-01-01T00:00:09Z", false)
                        .put("servesUntil", "2026-01-01T00:15:00Z")),
                Service.KEYS,
                known(
                    30,
                    gateway("g1", "one", 30, "2026-01-01T00:00:03Z", true)
                        .put("servesUntil", "2026-01-01T00:16:00Z"))));

    assertThat(merged)
        .isEqualTo(
            new JsonObject(
                "{\"gateways\":[{\"id\":\"g1\",\"name\":\"one\","
                    + "\"applied\":{\"tenants\":10,\"keys\":30},"
                    + "\"behind\":{\"tenants\":2,\"keys\":0},"
                    + "\"lastContact\":\"2026-01-01T00:00:09Z\","
                    + "\"servesUntil\":\"2026-01-01T00:16:00Z\",\"live\":true},"
                    + "{\"id\":\"g2\",\"name\":\"two\",\"applied\":{\"tenants\":12},"
                    + "\"behind\":{\"tenants\":0},"
                    + "\"lastContact\":\"2026-01-01T00:00:05Z\",\"live\":true}]}"));
  }

  @Test
  void whoMayServeForEverAtOneServiceMayServeForEver() {
    JsonObject merged =
        Gateways.merged(
            Map.of(
                Service.TENANTS,
                known(1, gateway("g1", "one", 1, "2026-01-01T00:00:00Z", true)),
                Service.KEYS,
                known(
                    1,
                    gateway("g1", "one", 1, "2026-01-01T00:00:00Z", true)
                        .put("servesUntil", "2026-01-01T00:15:00Z"))));

    assertThat(merged.getJsonArray("gateways").getJsonObject(0).containsKey("servesUntil"))
        .isFalse();
  }

  @Test
  void aGatewayIsRemovedAtBothServices() {
    scene.tenants.answers(REMOVED);
    scene.keys.answers(REMOVED);

    RawClient.Answer answer = scene.delete("/api/v1/gateways/g1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"id\":\"g1\",\"name\":\"one\"}");
    assertThat(scene.tenants.last().line()).isEqualTo("DELETE /api/v1/gateways/g1 HTTP/1.1");
    assertThat(scene.keys.last().line()).isEqualTo("DELETE /api/v1/gateways/g1 HTTP/1.1");
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void whatOneServiceStillKnewIsRemovedToo(Service knows) {
    scene.tenants.answers(UNKNOWN);
    scene.keys.answers(UNKNOWN);
    scene.service(knows).answers(REMOVED);

    assertThat(scene.delete("/api/v1/gateways/g1").status()).isEqualTo(200);
  }

  @Test
  void whatNeitherKnowsIsNotThere() {
    scene.tenants.answers(UNKNOWN);
    scene.keys.answers(UNKNOWN);

    RawClient.Answer answer = scene.delete("/api/v1/gateways/g1");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("gateway_not_found");
  }

  @Test
  void whoMayNotHearsWhatTheServicesSay() {
    scene.tenants.answers(ControlScene.problem(403, "not_allowed"));
    scene.keys.answers(ControlScene.problem(403, "not_allowed"));

    assertThat(scene.delete("/api/v1/gateways/g1").code()).isEqualTo("not_allowed");
    assertThat(scene.get("/api/v1/gateways").code()).isEqualTo("not_allowed");
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void withOneServiceGoneNobodyIsToldThatItIsDone(Service gone) {
    scene.tenants.answers(REMOVED);
    scene.keys.answers(REMOVED);
    scene.service(gone).close();

    RawClient.Answer answer = scene.delete("/api/v1/gateways/g1");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("service_unavailable");
    assertThat(answer.body()).contains("A service does not answer").doesNotContain("-service");
  }

  private static JsonObject known(long head, JsonObject... gateways) {
    return new JsonObject()
        .put("head", head)
        .put("gateways", new JsonArray(List.of((Object[]) gateways)));
  }

  private static JsonObject gateway(
      String id, String name, long applied, String lastContact, boolean live) {
    return new JsonObject()
        .put("id", id)
        .put("name", name)
        .put("applied", applied)
        .put("lastContact", lastContact)
        .put("live", live);
  }
}
