package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.JSON;
import static dev.gatehouse.gateway.control.ControlScene.call;
import static dev.gatehouse.gateway.control.ControlScene.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.TestGateway;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in with what. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class ControlPlaneTest {

  private static final int MIB = 1024 * 1024;

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /api/v1/nothing,   404, route_unknown",
    "GET,  /t/acme/demo/x,    404, route_unknown",
    "GET,  /metrics,          404, route_unknown",
    "GET,  /q/health,         404, route_unknown",
    "GET,  /internal/v1/changes, 404, route_unknown",
    "POST, /internal/v1/audit/refusals, 404, route_unknown",
    "POST, /internal/v1/usage, 404, route_unknown",
    "POST, /api/v1/feeds/accept, 404, route_unknown",
    "PUT,  /api/v1/tenants,   405, method_not_allowed",
    "GET,  /api/v1/tenants?x=1, 400, request_malformed",
    "GET,  /api/v1/../../internal/v1/changes, 400, path_refused",
    "GET,  /api/v1/tenants/%2e%2e/x, 400, path_refused",
    "GET,  /api/v1//tenants, 400, path_refused",
    "GET,  /api/v1/tenants;x=1, 400, path_refused",
    "GET,  /api/v1/users%2fdefault, 404, route_unknown"
  })
  void nothingElseIsThere(String method, String target, int status, String code) {
    RawClient.Answer answer = scene.ask(method, target, operator(), "");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    if (status == 405) {
      assertThat(answer.value("allow")).isEqualTo("GET, POST");
    }
    assertThat(scene.tenants.received()).isEmpty();
    assertThat(scene.keys.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tenants",
        "/api/v1/gateways",
        "/api/v1/audit",
        "/api/v1/audit/verify",
        "/api/v1/feeds"
      })
  void withoutATokenNobodyIsServed(String target) {
    RawClient.Answer answer =
        scene.gateway.ask(
            "GET " + target + " HTTP/1.1\r\nHost: " + TestGateway.CONSOLE + "\r\n\r\n");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("authorization_missing");
    assertThat(answer.value("www-authenticate")).isEqualTo("Bearer realm=\"gatehouse\"");
    assertThat(scene.tenants.received()).isEmpty();
  }

  @Test
  void whereMultiTenancyIsOffTheControlPlaneIsClosed() {
    try (ControlScene closed = new ControlScene(false)) {
      for (String target : new String[] {"/api/v1/tenants", "/api/v1/audit", "/api/v1/feeds"}) {
        RawClient.Answer answer = closed.get(target);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("operation_refused");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/keys, 1, 1 MiB", "/api/v1/registry/keys, 4, 4 MiB"})
  void aBodyThatIsAnnouncedTooLargeIsRefused(String target, int mib, String limit) {
    RawClient.Answer answer =
        scene.ask("POST", target, operator(), JSON + "Content-Length: " + (mib * MIB + 1) + "\r\n");

    assertThat(answer.code()).isEqualTo("body_too_large");
    assertThat(answer.body()).contains(limit);
    assertThat(scene.keys.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/keys, 1", "/api/v1/registry/keys, 4", "/api/v1/audit/prune, 1"})
  void aBodyThatGrowsTooLargeIsRefused(String target, int mib) {
    RawClient.Answer answer;
    try (RawClient client = scene.gateway.connect()) {
      client.send(call("POST", target, operator(), JSON + "Transfer-Encoding: chunked\r\n"));
      String chunk = Integer.toHexString(65536) + "\r\n" + "x".repeat(65536) + "\r\n";
      for (int i = 0; i < mib * 16 + 1; i++) {
        client.send(chunk);
      }
      answer = client.answer();
    }

    assertThat(answer.code()).isEqualTo("body_too_large");
    assertThat(scene.keys.received()).isEmpty();
  }

  @Test
  void aBatchMayBeLargerThanOneObject() {
    String batch = "{\"entries\":[\"" + "x".repeat(3 * MIB) + "\"]}";

    RawClient.Answer answer = scene.post("/api/v1/registry/keys", operator(), batch);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(scene.keys.last().value("content-length")).isEqualTo("" + batch.length());
  }

  @ParameterizedTest
  @CsvSource({
    "POST,  '',                                false",
    "POST,  application/x-www-form-urlencoded, false",
    "POST,  text/plain,                        false",
    "POST,  application/jsonx,                 false",
    "POST,  application/merge-patch+json,      false",
    "POST,  application/json,                  true",
    "POST,  Application/JSON; charset=utf-8,   true",
    "PATCH, application/merge-patch+json,      true",
    "PATCH, application/json,                  true",
    "PATCH, application/json-patch+json,       false"
  })
  void aBodyIsOfTheKindThatIsTaken(String method, String type, boolean taken) {
    String target = method.equals("PATCH") ? "/api/v1/issuers/corporate" : "/api/v1/revocations";
    String header = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";

    RawClient.Answer answer =
        scene.gateway.ask(
            call(method, target, operator(), header + "Content-Length: 2\r\n") + "{}");

    if (taken) {
      assertThat(answer.status()).isEqualTo(200);
    } else {
      assertThat(answer.code()).isEqualTo("media_type_unsupported");
      assertThat(scene.keys.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                                '',           {}",
    "'Content-Length: 0',                               '',           {}",
    "'Content-Type: application/json|Content-Length: 0', '',          {}",
    "'Content-Type: application/json|Content-Length: 8', '{\"at\":1}', '{\"at\":1}'"
  })
  void aBodyThatMayBeLeftOutIsAnEmptyObject(String headers, String body, String arrives) {
    AtomicReference<String> arrived = new AtomicReference<>("");
    scene.keys.answers(
        (request, socket) -> {
          arrived.set(new String(request.readBody(), StandardCharsets.UTF_8));
          RawBackend.send(socket, ControlScene.json(200, "{}"));
        });
    String head = headers.isEmpty() ? "" : headers.replace("|", "\r\n") + "\r\n";

    RawClient.Answer answer =
        scene.gateway.ask(call("POST", "/api/v1/feeds/keys/accept", operator(), head) + body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(arrived).hasValue(arrives);
    assertThat(scene.keys.last().value("content-type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Content-Type: text/plain\r\nContent-Length: 0\r\n\r\n"
      })
  void aBodyThatMayBeLeftOutIsNotOfAnyKind(String rest) {
    String call = call("POST", "/api/v1/feeds/keys/accept", operator(), "");

    RawClient.Answer answer =
        scene.gateway.ask(call.substring(0, call.length() - "\r\n".length()) + rest);

    assertThat(answer.code()).isEqualTo("media_type_unsupported");
    assertThat(scene.keys.received()).isEmpty();
  }
}
