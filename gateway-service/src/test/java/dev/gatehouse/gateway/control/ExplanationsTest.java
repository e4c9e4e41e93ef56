package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.alice;
import static dev.gatehouse.gateway.control.ControlScene.operator;
import static dev.gatehouse.gateway.control.ControlScene.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class ExplanationsTest {

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  private enum Sent {
    GOOD,
    NESTED,
    READER,
    SUSPENDED,
    UNREGISTERED,
    EXPIRED,
    SEVERAL,
    OPERATOR,
    MALFORMED;

    String minted() {
      return switch (this) {
        case GOOD -> Tokens.of("acme");
        case NESTED -> Tokens.of("acme:pay");
        case READER -> Tokens.of("acme", "*:read");
        case SUSPENDED -> Tokens.of("asleep");
        case UNREGISTERED -> Tokens.of("nobody");
        case EXPIRED -> Tokens.expired("acme");
        case SEVERAL -> token("[\"acme\",\"other\"]", "someone", "*:read");
        case OPERATOR -> token("\"*\"", "operator", "*:read *:write");
        case MALFORMED -> "nonsense";
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD,         GET,    demo.acme.example.test,     /x,                      ''",
    "GOOD,         POST,   demo.acme.example.test,     /x,                      ''",
    "GOOD,         GET,    demo.example.test,          /x,                      ''",
    "GOOD,         GET,    api.example.test,           /t/acme/demo/x,          ''",
    "GOOD,         GET,    api.example.test,           /elsewhere,              ''",
    "GOOD,         GET,    loki.acme.example.test,     /loki/api/v1/labels,     ''",
    "GOOD,         GET,    loki.acme.example.test,     /config,                 ''",
    "GOOD,         GET,    loki.acme.example.test,     /unheard/of,             ''",
    "GOOD,         GET,    tempo.acme.example.test,    /x,                      ''",
    "GOOD,         GET,    demo.other.example.test,    /x,                      ''",
    "GOOD,         GET,    demo.nobody.example.test,   /x,                      ''",
    "GOOD,         GET,    demo.acme.elsewhere.test,   /x,                      ''",
    "GOOD,         GET,    demo.acme.example.test,     /a%2e%2e/../x,           ''",
    "GOOD,         GET,    demo.acme.example.test,     /x,                      X-Tenant-ID: other",
    "GOOD,         GET,    demo.acme.example.test,     /x,                      X-Tenant-ID: acme",
    "GOOD,         GET,    demo.acme.example.test,     /x,                    X-Scope-OrgID: other",
    "GOOD,         GET,    demo.acme.example.test,     /x,                      X-Username: root",
    "READER,       POST,   demo.acme.example.test,     /x,                      ''",
    "NESTED,       GET,    demo.acme.example.test,     /x,                      ''",
    "NESTED,       GET,    demo.acme--pay.example.test, /x,                     ''",
    "SUSPENDED,    GET,    demo.asleep.example.test,   /x,                      ''",
    "UNREGISTERED, GET,    demo.nobody.example.test,   /x,                      ''",
    "EXPIRED,      GET,    demo.acme.example.test,     /x,                      ''",
    "EXPIRED,      GET,    loki.acme.example.test,     /unheard/of,             ''",
    "MALFORMED,    GET,    demo.acme.example.test,     /x,                      ''",
    "MALFORMED,    GET,    nowhere.test,               /x,                      ''",
    "SEVERAL,      GET,    demo.example.test,          /x,                      ''",
    "SEVERAL,      GET,    demo.example.test,          /x,                      X-Tenant-ID: other",
    "OPERATOR,     GET,    demo.example.test,          /x,                      ''",
    "OPERATOR,     POST,   demo.example.test,          /x,                      ''",
    "OPERATOR,     POST,   demo.acme.example.test,     /x,                      ''"
  })
  void theExplanationIsWhatHappens(
      Sent sent, String method, String host, String path, String header) {
    String token = sent.minted();
    JsonObject headers = new JsonObject();
    if (!header.isEmpty()) {
      String[] field = header.split(": ", 2);
      headers.put(field[0], field[1]);
    }

    JsonObject explained = explain(operator(), request(token, method, host, path, headers));
    RawClient.Answer happened =
        scene.gateway.ask(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\nAuthorization: Bearer "
                + token
                + "\r\n"
                + (header.isEmpty() ? "" : header + "\r\n")
                + (method.equals("POST") ? "Content-Length: 0\r\n" : "")
                + "\r\n");

    assertThat(explained.getInteger("status")).isEqualTo(happened.status());
    assertThat(explained.getBoolean("allowed")).isEqualTo(happened.status() == 200);
    if (happened.status() == 200) {
      assertThat(explained.getString("orgId"))
          .isEqualTo(scene.backend.last().value("x-scope-orgid"));
      assertThat(explained.containsKey("code")).isFalse();
    } else {
      assertThat(explained.getString("code")).isEqualTo(happened.code());
      assertThat(explained.containsKey("tenant")).isFalse();
    }
  }

  @Test
  void eachStepSaysWhatItFound() {
    JsonObject explained =
        explain(
            operator(),
            request(
                Tokens.of("acme"),
                "GET",
                "loki.other.example.test:8080",
                "/loki/api/v1/labels?x=1",
                new JsonObject()));

    assertThat(outcomes(explained))
        .containsExactly("host ok", "token ok", "operation ok", "decision refused");
    assertThat(explained.getString("code")).isEqualTo("tenant_mismatch");
    assertThat(explained.getJsonArray("steps").encode())
        .contains("The api loki of the tenant other")
        .contains("Speaks for acme")
        .contains("loki:read");
  }

  @Test
  void nothingIsSentToTheBackend() {
    explain(
        operator(),
        request(Tokens.of("acme"), "GET", "demo.acme.example.test", "/x", new JsonObject()));

    assertThat(scene.backend.received()).isEmpty();
    assertThat(scene.tenants.received()).isEmpty();
  }

  @Test
  void aRequestForTheControlPlaneIsExplainedToo() {
    JsonObject read =
        explain(
            operator(),
            request(alice(), "GET", "console.example.test", "/api/v1/keys", new JsonObject()));
    JsonObject unknown =
        explain(
            operator(),
            request(alice(), "GET", "console.example.test", "/api/v1/nothing", new JsonObject()));
    JsonObject tooFar =
        explain(
            operator(),
            request(
                alice(),
                "GET",
                "console.example.test",
                "/api/v1/keys",
                new JsonObject().put("X-Tenant-ID", new JsonArray().add("other"))));

    assertThat(outcomes(read))
        .containsExactly("host ok", "operation ok", "token ok", "decision ok");
    assertThat(read.getBoolean("allowed")).isTrue();
    assertThat(unknown.getString("code")).isEqualTo("route_unknown");
    assertThat(tooFar.getString("code")).isEqualTo("tenant_mismatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "acme:pay"})
  void oneMayAskAboutTokensOfOnesOwnTenants(String tenant) {
    assertThat(ask(alice(), ofTenant(Tokens.of(tenant))).status()).isEqualTo(200);
  }

  @Test
  void nobodyButAnOperatorMayAskAboutOthers() {
    String theirs = Tokens.of("other");
    String all = token("\"*\"", "operator");
    String both = token("[\"acme\",\"other\"]", "someone");

    for (String sent : new String[] {theirs, all, both}) {
      RawClient.Answer answer = ask(alice(), ofTenant(sent));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("tenant_mismatch");
      assertThat(ask(operator(), ofTenant(sent)).status()).isEqualTo(200);
    }
  }

  @Test
  void whoNarrowsTheirReachNarrowsWhatTheyMayAskAbout() {
    String body = ofTenant(Tokens.of("acme")).encode();
    RawClient.Answer answer =
        scene.gateway.ask(
            ControlScene.call(
                    "POST",
                    "/api/v1/explain",
                    operator(),
                    "X-Tenant-ID: other\r\n"
                        + ControlScene.JSON
                        + "Content-Length: "
                        + body.length()
                        + "\r\n")
                + body);

    assertThat(answer.code()).isEqualTo("tenant_mismatch");
  }

  @Test
  void aTokenIsNeverSaidAgain() {
    for (String sent :
        new String[] {Tokens.of("acme"), Tokens.expired("acme"), "nonsense.of.mine"}) {
      RawClient.Answer answer = ask(operator(), ofTenant(sent));

      assertThat(answer.body()).doesNotContain(sent).doesNotContain(sent.substring(0, 8));
    }
  }

  @Test
  void whatIsRefusedIsWrittenDownWithoutTheToken() {
    String theirs = Tokens.of("other");

    ask(alice(), ofTenant(theirs));

    await().until(() -> !scene.tenants.received().isEmpty());
    RawBackend.Received told = scene.tenants.last();
    assertThat(told.line()).startsWith("POST /internal/v1/audit/refusals");
    assertThat(told.head()).doesNotContain(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "secret",
        "{\"token\":\"secret\",\"method\":\"GET\"}",
        "{\"token\":3,\"method\":\"GET\",\"url\":\"http://x/\"}",
        "{\"token\":\"\",\"method\":\"GET\",\"url\":\"http://x/\"}",
        "{\"token\":\"secret\",\"method\":\"get\",\"url\":\"http://x/\"}",
        "{\"token\":\"secret\",\"method\":\"GET /\",\"url\":\"http://x/\"}",
        "{\"token\":\"secret\",\"method\":\"GET\",\"url\":\"/x\"}",
        "{\"token\":\"secret\",\"method\":\"GET\",\"url\":\"ftp://x/\"}",
        "{\"token\":\"secret\",\"method\":\"GET\",\"url\":\"http://x/\",\"headers\":[]}",
        "{\"token\":\"secret\",\"method\":\"GET\",\"url\":\"http://x/\",\"headers\":{\"a\":1}}",
        "{\"token\":\"secret\",\"method\":\"GET\",\"url\":\"http://x/\",\"headers\":{\"a\":[1]}}"
      })
  void whatCannotBeExplainedIsRefusedWithoutQuotingIt(String body) {
    RawClient.Answer answer = scene.post("/api/v1/explain", operator(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://demo.acme.example.test,             200, ''",
    "HTTPS://demo.acme.example.test?x=1,        200, ''",
    "http://user@demo.acme.example.test/,       421, host_unknown",
    "http:///x,                                 421, host_unknown",
    "http://demo.acme.example.test/x#y,         400, path_refused",
    "http://demo.acme.example.test/a b,         400, path_refused"
  })
  void aUrlIsReadAsAClientWouldSendIt(String url, int status, String code) {
    JsonObject explained = explain(operator(), ofTenant(Tokens.of("acme")).put("url", url));

    assertThat(explained.getInteger("status")).isEqualTo(status);
    assertThat(explained.getString("code", "")).isEqualTo(code);
  }

  private JsonObject explain(String token, JsonObject request) {
    RawClient.Answer answer = ask(token, request);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private RawClient.Answer ask(String token, JsonObject request) {
    return scene.post("/api/v1/explain", token, request.encode());
  }

  private static JsonObject ofTenant(String token) {
    return request(token, "GET", "demo.acme.example.test", "/x", new JsonObject());
  }

  private static JsonObject request(
      String token, String method, String host, String path, JsonObject headers) {
    return new JsonObject()
        .put("token", token)
        .put("method", method)
        .put("url", "http://" + host + path)
        .put("headers", headers);
  }

  private static Stream<String> outcomes(JsonObject explained) {
    return explained.getJsonArray("steps").stream()
        .map(JsonObject.class::cast)
        .map(step -> step.getString("step") + " " + step.getString("outcome"));
  }
}
