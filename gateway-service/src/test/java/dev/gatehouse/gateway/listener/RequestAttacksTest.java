package dev.gatehouse.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.RawClient;
import dev.gatehouse.gateway.proxy.TestGateway;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request says: hosts, targets and headers that a backend could take for something else. */
class RequestAttacksTest {

  private static final String HOST = "demo.acme.example.test";

  private static RawBackend backend;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    backend = new RawBackend();
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .api("loki", "loki", backend.url())
            .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    backend.close();
  }

  @BeforeEach
  void forget() {
    backend.received().clear();
    backend.answers((request, socket) -> RawBackend.ok(request, socket, "ok"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/a/%2e%2e/b",
        "/a/.%2E/b",
        "/./a",
        "/a/%2e/b",
        "//a",
        "/a//b",
        "/..;/a",
        "/a;b",
        "/a%3bb",
        "/a%5cb",
        "/a\\b",
        "/a%00b",
        "/a%0d%0ab",
        "/a%c0%af",
        "/a%e0%80%af",
        "/a%ed%a0%80",
        "/a%252e",
        "/a%25%32%66",
        "/a%",
        "/a%zz",
        "/a%u002f",
        "/a#b",
        "/a?b#c",
        "/a%2f..%2fb",
        "*",
        "a",
        "",
        "ftp://" + HOST + "/x",
        "x?y://" + HOST + "/x",
        "javascript://" + HOST + "/x",
        "http://demo.other.example.test/x",
        "http://a@" + HOST + "/x",
        "http://" + HOST + ":80/x",
        "http://" + HOST + "#/x",
        "http://" + HOST + "?/x",
        "http:///x",
        "http:" + HOST + "/x",
        "/a\u00e4",
        "/a?b=\u00e4",
        "/a?b=\u007f",
        "/a|b",
        "/a\"b",
        "/a<b>"
      })
  void aTargetWithTwoReadingsIsRefused(String target) {
    try (RawClient client = gateway.connect()) {
      assertThat(client.send(Attack.target(target).bytes()).answer().status()).isEqualTo(400);
      client.answer();
    }
    assertThat(Attack.lines(backend)).doesNotContain("GET /x HTTP/1.1").isSubsetOf(nextOnly());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a?b=../../c",
        "/a?%0d%0aX-Scope-OrgID:%20other",
        "/a?b=%00",
        "/a?X-Scope-OrgID=other",
        "/a.b/..c/...",
        "/a?b=//c;d",
        "/a?{job=\"x\"}",
        "/a/",
        "/a?",
        "/%61"
      })
  void aTargetWithOneReadingIsForwardedByteForByte(String target) {
    try (RawClient client = gateway.connect()) {
      client.send(Attack.target(target).bytes());
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
    }

    assertThat(backend.received().get(0).line()).isEqualTo("GET " + target + " HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host:\r\n",
        "Host: " + HOST + "\r\nHost: " + HOST + "\r\n",
        "Host: " + HOST + "\r\nhost: demo.other.example.test\r\n",
        "Host: " + HOST + ",demo.other.example.test\r\n",
        "Host: " + HOST + " demo.other.example.test\r\n",
        "Host: a@" + HOST + "\r\n",
        "Host: " + HOST + ":80@demo.other.example.test\r\n",
        "Host: " + HOST + ":x\r\n",
        "Host: " + HOST + "/\r\n",
        "Host: " + HOST + "%00\r\n",
        "Host: " + HOST + "..\r\n",
        "Host: .example.test\r\n",
        "Host: [::1]\r\n",
        "Host: demo.acme.example.test.evil.test\r\n",
        "Host: localhost\r\n"
      })
  void aHostThatIsNotPlainlyOursReachesNoBackend(String hostLine) {
    RawClient.Answer answer = both(Attack.host("", hostLine).bytes());

    assertThat(answer.status()).isIn(400, 421);
    assertThat(backend.received()).isEmpty();
  }

  /**
   * CVE-2025-64484 (oauth2-proxy: a backend folded X_Forwarded_User onto the header that the proxy
   * strips) and its kin: every spelling that some backend folds onto a name that only we may use.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Scope_OrgID",
        "x-scope_orgid",
        "X.Scope.OrgID",
        "X~Scope~OrgID",
        "X_API_Key",
        "X_Tenant_ID",
        "X_Forwarded_User",
        "X-Forwarded-Email",
        "X_Forwarded_For",
        "X_Forwarded_Host",
        "X-Forwarded-Prefix",
        "X_Auth_Request_User",
        "X-WebAuth-User",
        "Remote_User",
        "X-Gatehouse-Client",
        "X_Gatehouse_Scopes",
        "X-HTTP-Method-Override",
        "X_HTTP_Method_Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X-Original-URL",
        "X_Original_URL",
        "X-Rewrite-URL",
        "Forwarded",
        "X-Real-IP",
        "True-Client-IP",
        "X_Id_Token",
        "X-Grafana-Id",
        "X_Prom_Label_Policy",
        "X-Loki-Disable-Pipeline-Wrappers",
        "X_Mimir_Skip_Foo",
        "Proxy",
        "Proxy_Authorization",
        "Proxy-Connection",
        "TE",
        "Keep-Alive",
        "HTTP2-Settings",
        "Trailer",
        "Upgrade"
      })
  void aHeaderThatOnlyWeMaySayIsForwardedInNoSpelling(String name) {
    both(Attack.headers(name, name + ": acme\r\n").bytes());

    await().until(() -> !backend.received().isEmpty());
    RawBackend.Received received = backend.received().get(0);
    String folded = fold(name);
    boolean ours = folded.equals("x-scope-orgid") || folded.startsWith("x-forwarded-");
    assertThat(received.head().lines().skip(1))
        .filteredOn(line -> fold(line.substring(0, line.indexOf(':'))).equals(folded))
        .allMatch(line -> ours && !line.contains("_") && !line.contains("~"))
        .hasSizeLessThanOrEqualTo(ours ? 1 : 0);
    assertThat(received.values("x-scope-orgid")).containsExactly("acme");
    assertThat(received.values("authorization")).isEmpty();
  }

  /** CVE-2025-48865 (fabio): a client had the proxy's own headers removed as hop-by-hop. */
  @Test
  void aClientCannotTakeOurHeadersAwayWithConnection() {
    String names =
        "X-Scope-OrgID, Authorization, Host, X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host,"
            + " X-Request-Id, Via, Content-Length, Transfer-Encoding, x_scope_orgid, X-Custom";

    RawClient.Answer answer =
        both(
            Attack.headers("", "Connection: " + names + "\r\nX-Custom: a\r\nX_Custom: b\r\n")
                .bytes());

    assertThat(answer.status()).isEqualTo(200);
    RawBackend.Received received = backend.received().get(0);
    assertThat(received.values("x-scope-orgid")).containsExactly("acme");
    assertThat(received.values("x-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(received.values("x-forwarded-host")).containsExactly(HOST);
    assertThat(received.values("x-forwarded-proto")).containsExactly("http");
    assertThat(received.values("host")).hasSize(1);
    assertThat(received.values("via")).hasSize(1);
    assertThat(received.values("connection")).doesNotContain(names);
    assertThat(received.head().toLowerCase(Locale.ROOT)).doesNotContain("custom");
  }

  @Test
  void aClientCannotCutABodyByNamingItsFramingInConnection() {
    Attack attack = Attack.body("", "Connection: Content-Length\r\nContent-Length: 3\r\n", "abc");

    assertThat(both(attack.bytes()).status()).isEqualTo(200);

    assertThat(backend.received().get(0).values("content-length")).containsExactly("3");
    assertThat(Attack.lines(backend)).containsExactly("POST /x HTTP/1.1", "GET /next HTTP/1.1");
  }

  static Stream<String> upgrades() {
    String settings = "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n";
    return Stream.of(
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + settings,
        "Connection: upgrade,http2-settings\r\nupgrade: H2C\r\n" + settings,
        "Connection: HTTP2-Settings, Upgrade\r\nUpgrade: h2c, websocket\r\n" + settings,
        "Connection: Upgrade\r\nUpgrade: h2c\r\n",
        "Connection: Upgrade\r\nUpgrade: h2\r\n",
        "Connection: Upgrade\r\nUpgrade: TLS/1.0\r\n",
        "Upgrade: websocket\r\n");
  }

  /** Also as the very first request of a connection, where Vert.x itself would switch. */
  @ParameterizedTest
  @MethodSource("upgrades")
  void nobodySwitchesProtocolsBehindOurBack(String lines) {
    try (RawClient client = gateway.connect()) {
      client.send(Attack.headers("", lines).bytes());
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(Attack.lines(backend)).containsExactly("GET /x HTTP/1.1", "GET /next HTTP/1.1");
    assertThat(backend.received().get(0).values("upgrade")).isEmpty();
    assertThat(backend.received().get(0).values("http2-settings")).isEmpty();
  }

  @Test
  void aWebSocketCarriesNoHeaderButOurs() {
    backend.answers("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    String upgrade =
        "GET /loki/api/v1/tail?query=x HTTP/1.1\r\n"
            + Attack.HEADERS.replace("demo.", "loki.")
            + "Connection: Upgrade, X-Scope-OrgID, Authorization\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "X-Scope-OrgID: acme\r\nX-API-Key: abc\r\nX_API_Key: abc\r\nHTTP2-Settings: a\r\n\r\n";

    both(upgrade);

    RawBackend.Received received = backend.last();
    assertThat(received.values("x-scope-orgid")).containsExactly("acme");
    assertThat(received.head().toLowerCase(Locale.ROOT))
        .doesNotContain("authorization", "api-key", "api_key", "http2-settings");
    assertThat(received.values("connection")).containsExactly("Upgrade");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE /x", "CONNECT /x", "CONNECT " + HOST + ":80"})
  void aMethodThatEchoesOrTunnelsReachesNoBackend(String start) {
    RawClient.Answer answer = both(Attack.line("", start + " HTTP/1.1\r\n").bytes());

    assertThat(answer.status()).isIn(400, 403);
    assertThat(Attack.lines(backend)).isSubsetOf(nextOnly());
  }

  @Test
  void noMoreThanABoundedNumberOfPipelinedRequestsIsTaken() {
    try (RawClient client = gateway.connect()) {
      client.send(Attack.NEXT.repeat(100));
      String last = "";
      int answers = 0;
      for (String head = client.answer().head(); !head.isEmpty(); head = client.answer().head()) {
        answers++;
        last = head;
      }

      assertThat(answers).isBetween(1, 64);
      assertThat(last.toLowerCase(Locale.ROOT)).contains("connection: close");
      assertThat(backend.received()).hasSize(answers);
    }
  }

  /** The first answer; the second is waited for, so that nothing runs on into the next test. */
  private static RawClient.Answer both(String requests) {
    try (RawClient client = gateway.connect()) {
      RawClient.Answer first = client.send(requests).answer();
      if (requests.endsWith(Attack.NEXT) && !first.head().contains("close")) {
        client.answer();
      }
      return first;
    }
  }

  private static String[] nextOnly() {
    return new String[] {"GET /next HTTP/1.1"};
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
  }
}
