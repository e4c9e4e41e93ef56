package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.routing.ConfiguredApis;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class ReportModeTest {

  private static final String ACME = "Authorization: Bearer " + Tokens.of("acme") + "\r\n";

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api(
                ConfiguredApis.api(
                    "cortex", "catalog", "mimir", "upstream", backend.url(), "mode", "report"))
            .api(
                ConfiguredApis.api(
                    "loki",
                    "catalog",
                    "loki",
                    "mode",
                    "report",
                    "upstreams.read",
                    backend.url(),
                    "upstreams.write",
                    backend.url(),
                    "upstreams.rules",
                    "none"))
            .api("demo", "any", backend.url())
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @ParameterizedTest(name = "{0}{1}")
  @CsvSource({
    "'', authorization_missing",
    "Authorization: Digest x, authorization_malformed",
    "Authorization: Bearer abc, token_malformed",
    "expired, token_expired",
  })
  void whoIsNotAcceptedGoesOnWithTheirOwnTenantHeaderAndIsCounted(String header, String code) {
    String credentials =
        header.equals("expired")
            ? "Authorization: Bearer " + Tokens.expired("acme") + "\r\n"
            : header.isEmpty() ? "" : header + "\r\n";

    RawClient.Answer answer = ask("POST", "cortex.example.test", PUSH, credentials + TEAM_X);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(backend.last().values("x-scope-orgid")).containsExactly("TeamX");
    assertThat(backend.last().values("authorization")).isEmpty();
    assertThat(counted("cortex", code)).isEqualTo(1);
  }

  @Test
  void whoMayNotGoesOnAsTheTenantThatTheySayThemselves() {
    assertThat(ask("GET", "cortex.other.example.test", QUERY, ACME + TEAM_X).status())
        .isEqualTo(200);

    assertThat(backend.last().values("x-scope-orgid")).containsExactly("TeamX");
    assertThat(counted("cortex", "tenant_mismatch")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X-Scope-OrgID: acme\r\n", "x_scope_orgid: acme\r\n"})
  void whoMayActsAsTheirTenantAsUnderEnforcementAndIsNotCounted(String header) {
    assertThat(ask("GET", "cortex.acme.example.test", QUERY, ACME + header).status())
        .isEqualTo(200);

    assertThat(backend.last().values("x-scope-orgid")).containsExactly("acme");
    assertThat(gateway.registry.find("gatehouse.report.only.refusals").counters()).isEmpty();
  }

  @Test
  void whoNamesNoTenantAndIsRefusedGoesOnWithoutOne() {
    assertThat(ask("GET", "cortex.acme.example.test", QUERY, "").status()).isEqualTo(200);

    assertThat(backend.last().values("x-scope-orgid")).isEmpty();
  }

  @Test
  void severalValuesOfTheTenantHeaderAllGoOn() {
    ask("GET", "cortex.example.test", QUERY, TEAM_X + "X-Scope-OrgID: TeamY|TeamZ\r\n");

    assertThat(backend.last().values("x-scope-orgid")).containsExactly("TeamX", "TeamY|TeamZ");
  }

  @Test
  void theTokenAndWhatOnlyTheGatewaySaysNeverGoOn() {
    ask(
        "GET",
        "cortex.other.example.test",
        QUERY,
        ACME + "X-Tenant-ID: acme\r\nX-API-Key: k\r\nX-Gatehouse-Scopes: all\r\n" + TEAM_X);

    assertThat(backend.last().head().toLowerCase(Locale.ROOT))
        .doesNotContain("authorization", "x-tenant-id", "x-api-key", "x-gatehouse");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /config, operation_refused",
    "GET, /unheard/of, operation_unknown",
    "PATCH, /api/v1/push, operation_refused",
  })
  void whatTheCatalogDoesNotOfferGoesToTheUpstreamForAll(String method, String path, String code) {
    assertThat(ask(method, "cortex.acme.example.test", path, ACME + TEAM_X).status())
        .isEqualTo(200);

    assertThat(backend.last().line()).isEqualTo(method + " " + path + " HTTP/1.1");
    assertThat(backend.last().values("x-scope-orgid")).containsExactly("TeamX");
    assertThat(counted("cortex", code)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"'',authorization_missing", "token,operation_refused"})
  void whereNoUpstreamIsForAllWhatIsNotOfferedGoesNowhere(String sent, String ignored) {
    String credentials = sent.isEmpty() ? "" : ACME;

    assertThat(ask("GET", "loki.acme.example.test", "/config", credentials).code())
        .isEqualTo("operation_refused");
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void pathsAreRewrittenAsUnderEnforcement() {
    ask("GET", "cortex.example.test", "/api/v1/query?query=up", TEAM_X);

    assertThat(backend.last().line()).isEqualTo("GET /prometheus/api/v1/query?query=up HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "/prometheus/api/v1/../config, ''",
    "/prometheus/api/v1/label/a%2Fb/values, ''",
    "//config, ''",
    "/config, 'X-Username: root'",
  })
  void whatIsMalformedStaysRefused(String path, String header) {
    String headers = header.isEmpty() ? "" : header + "\r\n";

    assertThat(ask("GET", "cortex.acme.example.test", path, ACME + headers).status())
        .isEqualTo(400);
    assertThat(ask("GET", "cortex.acme.example.test", path, headers).status()).isEqualTo(400);
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void otherApisEnforceAsEver() {
    assertThat(ask("GET", "demo.acme.example.test", "/x", TEAM_X).status()).isEqualTo(401);
    assertThat(ask("GET", "demo.other.example.test", "/x", ACME).status()).isEqualTo(403);
    assertThat(ask("GET", "tempo.acme.example.test", "/x", TEAM_X).status()).isEqualTo(401);
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void webSocketsGoOnToo() throws Exception {
    backend.answers(
        (request, socket) -> {
          RawBackend.send(
              socket,
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
          socket.getInputStream().readNBytes(1);
        });

    try (RawClient client = gateway.connect()) {
      client.send(
          "GET /loki/api/v1/tail HTTP/1.1\r\nHost: loki.example.test\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + TEAM_X
              + "\r\n");

      assertThat(client.answer().status()).isEqualTo(101);
      client.send("x".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(backend.last().values("x-scope-orgid")).containsExactly("TeamX");
  }

  private static final String PUSH = "/api/v1/push";
  private static final String QUERY = "/prometheus/api/v1/query?query=up";
  private static final String TEAM_X = "X-Scope-OrgID: TeamX\r\n";

  private double counted(String api, String code) {
    Counter counter =
        gateway
            .registry
            .find("gatehouse.report.only.refusals")
            .tags("api", api, "code", code)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private RawClient.Answer ask(String method, String host, String path, String headers) {
    return gateway.ask(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + headers
            + (method.equals("GET") ? "" : "Content-Length: 0\r\n")
            + "\r\n");
  }
}
