package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.alice;
import static dev.gatehouse.gateway.control.ControlScene.operator;
import static dev.gatehouse.gateway.control.ControlScene.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.Tokens;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Explanations of what apis and operations may be set to, held against what then happens. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class ExplanationsOfModesTest {

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  private enum Sent {
    GOOD,
    SEVERAL,
    EXPIRED,
    MALFORMED;

    String minted() {
      return switch (this) {
        case GOOD -> Tokens.of("acme");
        case SEVERAL -> token("[\"acme\",\"other\"]", "someone", "*:read");
        case EXPIRED -> Tokens.expired("acme");
        case MALFORMED -> "nonsense";
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERAL, acme|other,  200, '',              acme|other",
    "SEVERAL, other|acme,  200, '',              acme|other",
    "SEVERAL, acme|nobody, 403, tenant_mismatch, ''",
    "SEVERAL, acme|,       400, header_refused,  ''",
    "GOOD,    acme|other,  403, tenant_mismatch, ''",
    "GOOD,    acme|acme,   200, '',              acme",
  })
  void aQueryOfSeveralTenantsIsExplained(
      Sent sent, String header, int status, String code, String told) {
    String headers = "X-Tenant-ID: " + header + "\r\n";

    JsonObject explained =
        explain(sent.minted(), "GET", "mimir.example.test", QUERY, "X-Tenant-ID", header);
    RawClient.Answer happened = send(sent.minted(), "GET", "mimir.example.test", QUERY, headers);

    assertThat(explained.getInteger("status")).isEqualTo(happened.status()).isEqualTo(status);
    assertThat(explained.getString("code", "")).isEqualTo(code);
    assertThat(explained.containsKey("orgId")).isFalse();
    if (status == 200) {
      assertThat(explained.encode())
          .contains("together and counts for the tenant acme; goes to the backend mimir\"");
      assertThat(explained.getString("tenant")).isEqualTo("acme");
      assertThat(scene.backend.last().values("x-scope-orgid")).containsExactly(told);
    } else {
      assertThat(scene.backend.received()).isEmpty();
    }
  }

  @Test
  void theBackendThatIsChosenIsNamed() {
    JsonObject explained =
        explain(Tokens.of("acme"), "POST", "mimir.acme.example.test", "/api/v1/push", "", "");

    assertThat(explained.encode())
        .contains("Acts as the tenant acme; goes to the backend mimir/push");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, mimir.acme.example.test,  /api/v1/push,       503",
    "GET,  mimir.acme.example.test,  /api/v1/query,      401",
    "POST, mimir.other.example.test, /api/v1/push,       401",
    "POST, mimir.acme.example.test,  /api/v1/rules/team, 401",
  })
  void aTokenThatIsHeldIsExplained(String method, String host, String path, int status) {
    String expired = Sent.EXPIRED.minted();

    JsonObject explained = explain(expired, method, host, path, "", "");
    RawClient.Answer happened = send(expired, method, host, path, "");

    assertThat(explained.getInteger("status")).isEqualTo(happened.status()).isEqualTo(status);
    assertThat(explained.getString("code")).isEqualTo(happened.code()).isEqualTo("token_expired");
    assertThat(explained.encode().contains("send it again with a new token"))
        .isEqualTo(status == 503);
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD,      GET,  moving.acme.example.test,  /api/v1/query,   200, ''",
    "GOOD,      GET,  moving.other.example.test, /api/v1/query,   200, tenant_mismatch",
    "GOOD,      GET,  moving.acme.example.test,  /config,         200, operation_refused",
    "GOOD,      GET,  moving.acme.example.test,  /unheard/of,     200, operation_unknown",
    "EXPIRED,   POST, moving.acme.example.test,  /api/v1/push,    200, token_expired",
    "MALFORMED, POST, moving.acme.example.test,  /api/v1/push,    200, token_malformed",
    "MALFORMED, GET,  moving.acme.example.test,  /config,         200, token_malformed",
    "GOOD,      GET,  moving.acme.example.test,  /a%2Fb,          400, path_refused",
    "GOOD,      GET,  moving.acme.example.test,  /a/../b,         400, path_refused",
    "MALFORMED, GET,  unset.acme.example.test,   /api/v1/query,   401, token_malformed",
  })
  void whatIsOnlyReportedIsExplainedWithTheCodeOfTheRefusal(
      Sent sent, String method, String host, String path, int status, String code) {
    JsonObject explained = explain(sent.minted(), method, host, path, "X-Scope-OrgID", "acme");
    RawClient.Answer happened = send(sent.minted(), method, host, path, "X-Scope-OrgID: acme\r\n");

    assertThat(explained.getInteger("status")).isEqualTo(happened.status()).isEqualTo(status);
    assertThat(explained.getString("code", "")).isEqualTo(code);
    assertThat(explained.getBoolean("allowed")).isEqualTo(code.isEmpty());
    assertThat(explained.encode().contains("goes on as it came, to the backend moving"))
        .isEqualTo(status == 200 && !code.isEmpty());
    if (!code.isEmpty() && status == 200) {
      assertThat(
              scene
                  .gateway
                  .registry
                  .get("gatehouse.report.only.refusals")
                  .tags("api", "moving", "code", code)
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void nobodyButAnOperatorMayAskWhetherTheTokensOfOthersAreHeld() {
    String body = asked(Tokens.expired("other"), "POST", "mimir.other.example.test", "/x").encode();

    assertThat(scene.post("/api/v1/explain", alice(), body).status()).isEqualTo(403);
    assertThat(scene.post("/api/v1/explain", operator(), body).status()).isEqualTo(200);
  }

  private static final String QUERY = "/prometheus/api/v1/query";

  private JsonObject explain(
      String token, String method, String host, String path, String header, String value) {
    JsonObject asked = asked(token, method, host, path);
    if (!header.isEmpty()) {
      asked.getJsonObject("headers").put(header, value);
    }
    RawClient.Answer answer = scene.post("/api/v1/explain", operator(), asked.encode());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static JsonObject asked(String token, String method, String host, String path) {
    return new JsonObject()
        .put("token", token)
        .put("method", method)
        .put("url", "http://" + host + path)
        .put("headers", new JsonObject());
  }

  private RawClient.Answer send(
      String token, String method, String host, String path, String headers) {
    return scene.gateway.ask(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\n"
            + headers
            + (method.equals("POST") ? "Content-Length: 0\r\n" : "")
            + "\r\n");
  }
}
