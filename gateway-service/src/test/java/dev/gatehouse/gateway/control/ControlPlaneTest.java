package dev.gatehouse.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.TestGateway;
import dev.gatehouse.gateway.proxy.Tokens;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class ControlPlaneTest {

  private static final String KEY = "0123456789-0123456789-0123456789";
  private static final String ISSUER = "https://idp.example.test/";

  private final RawBackend tenants = new RawBackend();
  private final RawBackend keys = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = gateway(true);
  }

  @AfterEach
  void stop() {
    gateway.close();
    tenants.close();
    keys.close();
  }

  @Test
  void aCallArrivesWithWhoIsBehindIt() {
    RawClient.Answer answer =
        gateway.ask(
            call("POST", "/api/v1/tenants", operator(), "Content-Type: application/json\r\n")
                .replace("\r\n\r\n", "\r\nContent-Length: 15\r\n\r\n{\"name\":\"newt\"}"));

    assertThat(answer.status()).isEqualTo(200);
    RawBackend.Received received = tenants.last();
    assertThat(received.line()).isEqualTo("POST /api/v1/tenants HTTP/1.1");
    assertThat(received.value("x-api-key")).isEqualTo(KEY);
    assertThat(received.value("x-tenant-id")).isEqualTo("*");
    assertThat(received.value("x-username")).isEqualTo("operator");
    assertThat(received.value("x-gatehouse-scopes")).isEqualTo("keys:write tenants:write");
    assertThat(received.value("x-gatehouse-client")).isEqualTo("127.0.0.1");
    assertThat(received.value("content-type")).isEqualTo("application/json");
    assertThat(received.values("authorization")).isEmpty();
    assertThat(received.value("x-request-id")).isEqualTo(answer.value("x-request-id"));
    assertThat(keys.received()).isEmpty();
  }

  @Test
  void aClientsOwnHeadersChangeNothing() {
    gateway.ask(
        call(
            "GET",
            "/api/v1/keys",
            of("\"acme\"", "alice"),
            "X-API-Key: stolen\r\nX_API_Key: stolen\r\nX-Gatehouse-Scopes: keys:all\r\n"
                + "X-Gatehouse-Client: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.1\r\n"
                + "Cookie: a=b\r\nX-Own: 1\r\n"));

    RawBackend.Received received = keys.last();
    assertThat(received.value("x-api-key")).isEqualTo(KEY);
    assertThat(received.value("x-tenant-id")).isEqualTo("acme");
    assertThat(received.value("x-gatehouse-scopes")).isEqualTo("keys:write tenants:write");
    assertThat(received.value("x-gatehouse-client")).isEqualTo("127.0.0.1");
    assertThat(received.head().toLowerCase(Locale.ROOT))
        .doesNotContain("stolen", "x_api_key", "keys:all", "10.0.0.1", "cookie", "x-own");
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
        gateway.ask(call("GET", "/api/v1/tenants", of(claim, "someone"), tenantId(asked)));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(tenants.last().value("x-tenant-id")).isEqualTo(reach);
    assertThat(tenants.last().value("x-username")).isEqualTo(username);
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
        gateway.ask(call("GET", "/api/v1/tenants", of(claim, "someone"), tenantId(asked)));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(tenants.received()).isEmpty();
  }

  @Test
  void aTenantTokenManagesOnlyIfItsKeyMay() {
    String data = Tokens.of("acme");
    String managing = Tokens.of("acme", "tenants:read");

    assertThat(gateway.ask(call("GET", "/api/v1/tenants", data, "")).code())
        .isEqualTo("scope_insufficient");
    assertThat(gateway.ask(call("GET", "/api/v1/tenants", managing, "")).status()).isEqualTo(200);
    assertThat(tenants.last().value("x-gatehouse-scopes")).isEqualTo("tenants:read");
    assertThat(tenants.last().values("x-username")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /api/v1/nothing,   404, route_unknown",
    "GET,  /t/acme/demo/x,    404, route_unknown",
    "GET,  /metrics,          404, route_unknown",
    "GET,  /q/health,         404, route_unknown",
    "GET,  /internal/v1/changes, 404, route_unknown",
    "PUT,  /api/v1/tenants,   405, method_not_allowed",
    "GET,  /api/v1/tenants?x=1, 400, request_malformed"
  })
  void nothingElseIsThere(String method, String target, int status, String code) {
    RawClient.Answer answer = gateway.ask(call(method, target, operator(), ""));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    if (status == 405) {
      assertThat(answer.value("allow")).isEqualTo("GET, POST");
    }
    assertThat(tenants.received()).isEmpty();
  }

  @Test
  void withoutATokenNobodyIsServed() {
    RawClient.Answer answer =
        gateway.ask("GET /api/v1/tenants HTTP/1.1\r\nHost: " + TestGateway.CONSOLE + "\r\n\r\n");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("authorization_missing");
    assertThat(answer.value("www-authenticate")).isEqualTo("Bearer realm=\"gatehouse\"");
  }

  @Test
  void whoNamesTheirUserThemselvesIsTold() {
    RawClient.Answer answer =
        gateway.ask(call("GET", "/api/v1/tenants", operator(), "X-Username: root\r\n"));

    assertThat(answer.code()).isEqualTo("header_refused");
  }

  @Test
  void whereMultiTenancyIsOffTheControlPlaneIsClosed() {
    try (TestGateway closed = gateway(false)) {
      RawClient.Answer answer = closed.ask(call("GET", "/api/v1/tenants", operator(), ""));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("operation_refused");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String json = "Content-Type: application/json\r\n";

    RawClient.Answer announced =
        gateway.ask(call("POST", "/api/v1/keys", operator(), json + "Content-Length: 1048577\r\n"));
    RawClient.Answer counted;
    try (RawClient client = gateway.connect()) {
      client.send(
          call("POST", "/api/v1/keys", operator(), json + "Transfer-Encoding: chunked\r\n"));
      String chunk = Integer.toHexString(65536) + "\r\n" + "x".repeat(65536) + "\r\n";
      for (int i = 0; i < 17; i++) {
        client.send(chunk);
      }
      counted = client.answer();
    }

    assertThat(announced.code()).isEqualTo("body_too_large");
    assertThat(counted.code()).isEqualTo("body_too_large");
    assertThat(keys.received()).isEmpty();
  }

  @Test
  void aBodyOfAnotherKindIsRefused() {
    RawClient.Answer none =
        gateway.ask(call("POST", "/api/v1/keys", operator(), "Content-Length: 2\r\n") + "{}");
    RawClient.Answer form =
        gateway.ask(
            call(
                    "POST",
                    "/api/v1/keys",
                    operator(),
                    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2\r\n")
                + "{}");
    RawClient.Answer json =
        gateway.ask(
            call(
                    "POST",
                    "/api/v1/keys",
                    operator(),
                    "Content-Type: Application/JSON; charset=utf-8\r\nContent-Length: 2\r\n")
                + "{}");

    assertThat(none.code()).isEqualTo("media_type_unsupported");
    assertThat(form.code()).isEqualTo("media_type_unsupported");
    assertThat(json.status()).isEqualTo(200);
  }

  @Test
  void theAnswerComesBackWithoutATraceOfTheService() {
    tenants.answers(
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
            + "ETag: \"7\"\r\nLocation: http://tenant-service:8081/api/v1/tenants/newt\r\n"
            + "Server: inner\r\nX-Inner: 1\r\nSet-Cookie: a=b\r\n\r\n{}");

    RawClient.Answer answer =
        gateway.ask(
            call(
                    "POST",
                    "/api/v1/tenants",
                    operator(),
                    "Content-Type: application/json\r\nContent-Length: 2\r\n")
                + "{}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.value("etag")).isEqualTo("\"7\"");
    assertThat(answer.value("location")).isEqualTo("/api/v1/tenants/newt");
    assertThat(answer.head()).doesNotContain("tenant-service", "Server", "X-Inner", "Set-Cookie");
  }

  @Test
  void aServiceThatIsGoneIs503ForItsOwnResourcesOnly() {
    tenants.close();

    RawClient.Answer gone = gateway.ask(call("GET", "/api/v1/tenants", operator(), ""));
    RawClient.Answer there = gateway.ask(call("GET", "/api/v1/keys", operator(), ""));

    assertThat(gone.status()).isEqualTo(503);
    assertThat(gone.code()).isEqualTo("service_unavailable");
    assertThat(Integer.parseInt(gone.value("retry-after"))).isBetween(1, 5);
    assertThat(there.status()).isEqualTo(200);
  }

  @Test
  void aServiceThatHangsIs503InTime() {
    tenants.answers((request, socket) -> hang(request));

    Instant before = Instant.now();
    RawClient.Answer answer = gateway.ask(call("GET", "/api/v1/tenants", operator(), ""));

    assertThat(answer.code()).isEqualTo("service_unavailable");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void aServiceThatDoesNotKnowOurKeyIsNotTheClientsFault() {
    tenants.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");

    RawClient.Answer answer = gateway.ask(call("GET", "/api/v1/tenants", operator(), ""));

    assertThat(answer.code()).isEqualTo("service_unavailable");
  }

  private TestGateway gateway(boolean open) {
    ServicesConfig services =
        new ServicesConfig() {
          @Override
          public URI tenantServiceUrl() {
            return URI.create(tenants.url());
          }

          @Override
          public URI keyServiceUrl() {
            return URI.create(keys.url() + "/");
          }
        };
    return TestGateway.with(trust())
        .then(
            (gateway, router) ->
                router
                    .route()
                    .handler(
                        new ControlPlane(
                            gateway.authenticator,
                            gateway.trusted,
                            new ServiceClient(
                                gateway.vertx(), new AuthApiKey(KEY, Optional.empty()), services),
                            open)))
        .start();
  }

  private static Trust trust() {
    return TrustBuilder.trust()
        .tenants("acme", "acme:pay", "other", "asleep:child")
        .suspended("asleep")
        .anchor(
            Tokens.KEY.getPublic(),
            "*",
            anchor -> anchor.scopes("*:read", "*:write", "tenants:read"))
        .issuer(
            ISSUER,
            issuer ->
                issuer
                    .audiences("gatehouse-local")
                    .defaultScopes("tenants:write", "keys:write")
                    .key("oidc", Tokens.KEY.getPublic()))
        .build();
  }

  private static String operator() {
    return of("\"*\"", "operator");
  }

  private static String of(String tenants, String username) {
    long now = Instant.now().getEpochSecond();
    return Tokens.oidc(
        "{\"iss\":\""
            + ISSUER
            + "\",\"aud\":\"gatehouse-local\",\"sub\":\"someone\",\"iat\":"
            + now
            + ",\"exp\":"
            + (now + 600)
            + ",\"tenant_id\":"
            + tenants
            + ",\"username\":\""
            + username
            + "\"}");
  }

  private static String tenantId(String asked) {
    return asked.isEmpty() ? "" : "X-Tenant-ID: " + asked + "\r\n";
  }

  private static String call(String method, String target, String token, String headers) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: "
        + TestGateway.CONSOLE
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\n"
        + headers
        + "\r\n";
  }

  private static void hang(RawBackend.Received request) throws IOException {
    int next = request.in().read();
    while (next >= 0) {
      next = request.in().read();
    }
  }
}
