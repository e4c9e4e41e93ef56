package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.alice;
import static dev.gatehouse.gateway.control.ControlScene.operator;
import static dev.gatehouse.gateway.control.ControlScene.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.Tokens;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service is told about whom a call comes from. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class IntroductionTest {

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void aCallArrivesWithWhoIsBehindIt() {
    RawClient.Answer answer = scene.post("/api/v1/tenants", operator(), "{\"name\":\"newt\"}");

    assertThat(answer.status()).isEqualTo(200);
    RawBackend.Received received = scene.tenants.last();
    assertThat(received.line()).isEqualTo("POST /api/v1/tenants HTTP/1.1");
    assertThat(received.value("x-api-key")).isEqualTo(ControlScene.KEY);
    assertThat(received.value("x-tenant-id")).isEqualTo("*");
    assertThat(received.value("x-username")).isEqualTo("operator");
    assertThat(received.value("x-gatehouse-scopes")).isEqualTo("keys:write tenants:write");
    assertThat(received.value("x-gatehouse-client")).isEqualTo("127.0.0.1");
    assertThat(received.value("x-gatehouse-issuer")).isEqualTo(issuerId());
    assertThat(received.values("x-gatehouse-key")).isEmpty();
    assertThat(received.value("content-type")).isEqualTo("application/json");
    assertThat(received.values("authorization")).isEmpty();
    assertThat(received.value("x-request-id")).isEqualTo(answer.value("x-request-id"));
    assertThat(scene.keys.received()).isEmpty();
  }

  @Test
  void behindATrustedProxyTheClientIsWhomThatSaw() {
    try (ControlScene behind = ControlScene.behind("127.0.0.1")) {
      behind.ask("GET", "/api/v1/keys", alice(), "X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n");

      assertThat(behind.keys.last().value("x-gatehouse-client")).isEqualTo("203.0.113.9");
      assertThat(behind.keys.last().head()).doesNotContain("198.51.100.1");
    }
  }

  @Test
  void nobodyElseSaysWhomTheySaw() {
    scene.ask("GET", "/api/v1/keys", alice(), "X-Forwarded-For: 203.0.113.9\r\n");

    assertThat(scene.keys.last().value("x-gatehouse-client")).isEqualTo("127.0.0.1");
    assertThat(scene.keys.last().head()).doesNotContain("203.0.113.9");
  }

  @Test
  void aTenantTokenIsIntroducedByTheKeyThatSignedIt() {
    scene.get("/api/v1/tenants", Tokens.of("acme", "tenants:read"));

    RawBackend.Received received = scene.tenants.last();
    assertThat(received.value("x-gatehouse-key"))
        .isEqualTo(TrustBuilder.thumbprint(Tokens.KEY.getPublic()).value());
    assertThat(received.values("x-gatehouse-issuer")).isEmpty();
    assertThat(received.values("x-username")).isEmpty();
  }

  @Test
  void whoActsAsAnotherTenantIsNoUserThereButIsKnownToTheAudit() {
    scene.ask("GET", "/api/v1/tenants", alice(), "X-Tenant-ID: acme:pay\r\n");

    RawBackend.Received received = scene.tenants.last();
    assertThat(received.value("x-tenant-id")).isEqualTo("acme:pay");
    assertThat(received.values("x-username")).isEmpty();
    assertThat(received.value("x-gatehouse-issuer")).isEqualTo(issuerId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-API-Key: stolen",
        "X_API_Key: stolen",
        "X-Gatehouse-Scopes: stolen",
        "x-gatehouse-client: stolen",
        "X-Gatehouse-Issuer: stolen",
        "X_Gatehouse_Issuer: stolen",
        "X-Gatehouse-Key: stolen",
        "X.Gatehouse.Key: stolen",
        "X-Gatehouse-Anything: stolen",
        "X-Forwarded-For: stolen",
        "X-Request-Id: stolen-stolen",
        "X-HTTP-Method-Override: stolen",
        "Connection: X-Gatehouse-Scopes, X-API-Key, stolen",
        "Cookie: stolen",
        "X-Own: stolen"
      })
  void aClientsOwnHeadersChangeNothing(String header) {
    RawClient.Answer answer = scene.ask("GET", "/api/v1/keys", alice(), header + "\r\n");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    RawBackend.Received received = scene.keys.last();
    assertThat(received.value("x-api-key")).isEqualTo(ControlScene.KEY);
    assertThat(received.value("x-tenant-id")).isEqualTo("acme");
    assertThat(received.value("x-gatehouse-scopes")).isEqualTo("keys:write tenants:write");
    assertThat(received.value("x-gatehouse-client")).isEqualTo("127.0.0.1");
    assertThat(received.value("x-gatehouse-issuer")).isEqualTo(issuerId());
    assertThat(received.values("x-gatehouse-key")).isEmpty();
    assertThat(received.head().toLowerCase(Locale.ROOT)).doesNotContain("stolen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Username", "x-username", "X_Username", "X.Username"})
  void whoNamesTheirUserThemselvesIsTold(String header) {
    RawClient.Answer answer =
        scene.ask("GET", "/api/v1/tenants", operator(), header + ": root\r\n");

    assertThat(answer.code()).isEqualTo("header_refused");
    assertThat(scene.tenants.received()).isEmpty();
  }

  static Stream<Arguments> reaches() {
    return Stream.of(
        arguments("\"*\"", "", "*", "someone"),
        arguments("\"*\"", "*", "*", "someone"),
        arguments("\"*\"", "acme", "acme", "[]"),
        arguments("\"acme\"", "", "acme", "someone"),
        arguments("\"acme\"", "acme", "acme", "someone"),
        arguments("\"acme\"", "acme:pay", "acme:pay", "[]"),
        arguments("[\"acme\",\"other\"]", "other", "other", "someone"));
  }

  @ParameterizedTest
  @MethodSource("reaches")
  void aCallReachesWhatItsTokenReachesOrLess(
      String claim, String asked, String reach, String username) {
    RawClient.Answer answer =
        scene.ask("GET", "/api/v1/tenants", token(claim, "someone"), tenantId(asked));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(scene.tenants.last().value("x-tenant-id")).isEqualTo(reach);
    assertThat(scene.tenants.last().value("x-username")).isEqualTo(username);
  }

  static Stream<Arguments> tooFar() {
    return Stream.of(
        arguments("\"acme\"", "*", 403, "tenant_mismatch"),
        arguments("\"acme\"", "other", 403, "tenant_mismatch"),
        arguments("\"acme:pay\"", "acme", 403, "tenant_mismatch"),
        arguments("[\"acme\",\"other\"]", "", 400, "tenant_required"),
        arguments("[\"acme\",\"other\"]", "*", 403, "tenant_mismatch"),
        arguments("\"acme\"", "Not A Tenant", 400, "tenant_name_invalid"),
        arguments("\"asleep\"", "", 403, "tenant_suspended"),
        arguments("\"asleep:child\"", "", 403, "tenant_suspended"),
        arguments("\"*\"", "asleep", 403, "tenant_suspended"),
        arguments("\"nobody\"", "", 404, "tenant_unknown"));
  }

  @ParameterizedTest
  @MethodSource("tooFar")
  void aCallThatReachesFartherIsRefused(String claim, String asked, int status, String code) {
    RawClient.Answer answer =
        scene.ask("GET", "/api/v1/issuers", token(claim, "someone"), tenantId(asked));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(scene.keys.received())
        .extracting(RawBackend.Received::line)
        .noneMatch(line -> line.contains("/api/v1/issuers"));
  }

  @Test
  void aTenantTokenManagesOnlyIfItsKeyMay() {
    String data = Tokens.of("acme");
    String managing = Tokens.of("acme", "tenants:read");

    assertThat(scene.get("/api/v1/tenants", data).code()).isEqualTo("scope_insufficient");
    assertThat(scene.get("/api/v1/tenants", managing).status()).isEqualTo(200);
    assertThat(scene.tenants.last().value("x-gatehouse-scopes")).isEqualTo("tenants:read");
  }

  @Test
  void twoTenantsInTwoHeadersAreRefused() {
    RawClient.Answer answer =
        scene.ask(
            "GET", "/api/v1/tenants", operator(), "X-Tenant-ID: acme\r\nX-Tenant-ID: other\r\n");

    assertThat(answer.code()).isEqualTo("header_refused");
    assertThat(scene.tenants.received()).isEmpty();
  }

  @Test
  void whatBothServicesAreAskedAtOnceIsIntroducedLikewise() {
    scene.answering("{\"service\":\"x\",\"head\":0,\"gateways\":[]}");

    scene.get("/api/v1/gateways", alice());

    for (RawBackend service : List.of(scene.tenants, scene.keys)) {
      RawBackend.Received received = service.last();
      assertThat(received.value("x-api-key")).isEqualTo(ControlScene.KEY);
      assertThat(received.value("x-tenant-id")).isEqualTo("acme");
      assertThat(received.value("x-username")).isEqualTo("alice");
      assertThat(received.value("x-gatehouse-issuer")).isEqualTo(issuerId());
      assertThat(received.value("x-gatehouse-scopes")).isEqualTo("keys:write tenants:write");
      assertThat(received.value("x-gatehouse-client")).isEqualTo("127.0.0.1");
    }
  }

  private String issuerId() {
    return scene
        .gateway
        .trusted
        .current()
        .issuers()
        .byUrl(ControlScene.ISSUER)
        .get(0)
        .id()
        .toString();
  }

  private static String tenantId(String asked) {
    return asked.isEmpty() ? "" : "X-Tenant-ID: " + asked + "\r\n";
  }
}
