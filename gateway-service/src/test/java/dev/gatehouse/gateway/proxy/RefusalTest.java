package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.gateway.trust.TrustBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

  private static final String BARE = "Bearer realm=\"gatehouse\"";
  private static final String INVALID = BARE + ", error=\"invalid_token\"";
  private static final String SCOPE = BARE + ", error=\"insufficient_scope\"";
  private static final String NONE = "[]";
  private static final String ACME = Tokens.of("acme");

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(TrustBuilder.from(TestGateway.trust()).suspended("asleep").build())
            .api("demo", "any", backend.url())
            .api("cortex", "mimir", backend.url())
            .then(
                (gateway, router) ->
                    router.route().handler(c -> c.response().end("behind the data plane")))
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  /** Each refusal, with what makes it pass. */
  static Stream<Arguments> refusals() {
    String tampered = ACME.substring(0, ACME.length() - 4) + "AAAA";
    String unknownKey = Tokens.of("acme").replaceFirst("^[^.]+", headerWithKid("A".repeat(43)));
    return Stream.of(
        row("no token", 401, "authorization_missing", BARE, to("demo.acme", "/x", "")),
        row(
            "a token of another scheme",
            401,
            "authorization_malformed",
            INVALID,
            to("demo.acme", "/x", "Authorization: Digest abc\r\n")),
        row(
            "two Authorization headers",
            401,
            "authorization_malformed",
            INVALID,
            to("demo.acme", "/x", bearer(ACME) + bearer(ACME))),
        row("no JWT", 401, "token_malformed", INVALID, to("demo.acme", "/x", bearer("abc"))),
        row(
            "a changed signature",
            401,
            "signature_invalid",
            INVALID,
            to("demo.acme", "/x", bearer(tampered))),
        row(
            "an expired token",
            401,
            "token_expired",
            INVALID,
            to("demo.acme", "/x", bearer(Tokens.expired("acme")))),
        row(
            "a key that nobody trusts",
            401,
            "key_unknown",
            INVALID,
            to("demo.acme", "/x", bearer(unknownKey))),
        row(
            "the host of another tenant",
            403,
            "tenant_mismatch",
            SCOPE,
            to("demo.other", "/x", bearer(ACME))),
        row(
            "the path of another tenant",
            403,
            "tenant_mismatch",
            SCOPE,
            to("api", "/t/other/demo/x", bearer(ACME))),
        row(
            "another tenant in X-Tenant-ID",
            403,
            "tenant_mismatch",
            SCOPE,
            to("demo", "/x", bearer(ACME) + "X-Tenant-ID: other\r\n")),
        row(
            "another tenant in the backend's header",
            403,
            "tenant_mismatch",
            SCOPE,
            to("demo.acme", "/x", bearer(ACME) + "X-Scope-OrgID: other\r\n")),
        row(
            "another tenant in a spelling of the backend's header",
            403,
            "tenant_mismatch",
            SCOPE,
            to("demo.acme", "/x", bearer(ACME) + "X_Scope_OrgID: other\r\n")),
        row(
            "a suspended tenant",
            403,
            "tenant_suspended",
            SCOPE,
            to("demo.asleep", "/x", bearer(Tokens.of("asleep")))),
        row(
            "a scope that is missing",
            403,
            "scope_insufficient",
            SCOPE,
            to("demo.acme", "/x", bearer(Tokens.of("acme", "demo:write")))),
        row(
            "an operation that is not offered",
            403,
            "operation_refused",
            SCOPE,
            "DELETE /api/v1/push" + to("cortex.acme", "/x", bearer(ACME)).substring(6)),
        row(
            "an operation that there is not",
            404,
            "operation_unknown",
            NONE,
            to("cortex.acme", "/nothing", bearer(ACME))),
        row("no such api", 404, "api_unknown", NONE, to("nothing.acme", "/x", bearer(ACME))),
        row(
            "a tenant that is not there",
            404,
            "tenant_unknown",
            NONE,
            to("demo.nobody", "/x", bearer(Tokens.of("nobody")))),
        row(
            "an unknown host",
            421,
            "host_unknown",
            NONE,
            "GET /x HTTP/1.1\r\nHost: example.org\r\n" + bearer(ACME) + "\r\n"),
        row(
            "two hosts",
            400,
            "request_malformed",
            NONE,
            to("demo.acme", "/x", bearer(ACME) + "Host: demo.other.example.test\r\n")),
        row(
            "no host",
            400,
            "request_malformed",
            NONE,
            "GET /x HTTP/1.1\r\n" + bearer(ACME) + "\r\n"),
        row("a dot segment", 400, "path_refused", NONE, to("demo.acme", "/a/../b", bearer(ACME))),
        row(
            "a path of another form on the path host",
            400,
            "path_refused",
            NONE,
            to("api", "/x", bearer(ACME))),
        row(
            "a name of a user",
            400,
            "header_refused",
            NONE,
            to("demo.acme", "/x", bearer(ACME) + "X-Username: alice\r\n")),
        row(
            "a WebSocket where none is",
            403,
            "operation_refused",
            SCOPE,
            to(
                "cortex.acme",
                "/api/v1/labels",
                bearer(ACME) + "Connection: Upgrade\r\nUpgrade: websocket\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aRefusalHasItsStatusItsCodeAndItsChallenge(
      String name, int status, String code, String challenge, String request) {
    RawClient.Answer answer = gateway.ask(request);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.value("www-authenticate")).isEqualTo(challenge);
    assertThat(answer.value("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.body()).startsWith("{\"code\":").endsWith("}\n").hasLineCount(1);
    assertThat(answer.body()).contains("\"requestId\":\"" + answer.value("x-request-id") + "\"");
    assertThat(backend.received()).isEmpty();
  }

  static Stream<Arguments> passing() {
    return Stream.of(
        arguments("the right host", to("demo.acme", "/x", bearer(ACME))),
        arguments("the right path", to("api", "/t/acme/demo/x", bearer(ACME))),
        arguments(
            "a port in the host",
            to("demo.acme", "/x", bearer(ACME)).replace(".test", ".test:8080")),
        arguments(
            "the scheme in another case",
            to("demo.acme", "/x", "authorization: bEARER " + ACME + "\r\n")),
        arguments(
            "its own tenant in X-Tenant-ID",
            to("demo", "/x", bearer(ACME) + "X-Tenant-ID: acme\r\n")),
        arguments(
            "its own tenant in the backend's header",
            to("demo.acme", "/x", bearer(ACME) + "X-Scope-OrgID: acme\r\nX_Scope_OrgID: acme\r\n")),
        arguments(
            "a connection option of ours",
            to("demo.acme", "/x", bearer(ACME) + "Connection: X-Scope-OrgID\r\n")),
        arguments(
            "an API key of its own",
            to("demo.acme", "/x", bearer(ACME) + "X-API-Key: guessed\r\n")),
        arguments(
            "a scope that suffices", to("demo.acme", "/x", bearer(Tokens.of("acme", "demo:read")))),
        arguments(
            "an operation that is offered", to("cortex.acme", "/api/v1/labels", bearer(ACME))),
        arguments("another tenant", to("demo.other", "/x", bearer(Tokens.of("other")))),
        arguments(
            "a token as a password",
            to("demo.acme", "/x", "Authorization: Basic " + basic("any:" + ACME) + "\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passing")
  void whatIsInOrderPassesWithOneTenantOnly(String name, String request) {
    RawClient.Answer answer = gateway.ask(request);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    RawBackend.Received received = backend.last();
    assertThat(received.values("x-scope-orgid")).hasSize(1);
    assertThat(received.head().toLowerCase(Locale.ROOT))
        .doesNotContain("x_scope_orgid", "x-api-key", "x-tenant-id", "authorization", "guessed");
  }

  @Test
  void withoutATokenTheAnswerSaysNothingOfWhatExists() {
    String known = gateway.ask(to("demo.acme", "/x", "")).body();
    String noTenant = gateway.ask(to("demo.nobody", "/x", "")).body();
    String noApi = gateway.ask(to("nothing.acme", "/x", "")).body();
    String noOperation = gateway.ask(to("cortex.acme", "/nothing", "")).body();

    assertThat(withoutId(noTenant)).isEqualTo(withoutId(known));
    assertThat(withoutId(noApi)).isEqualTo(withoutId(known));
    assertThat(withoutId(noOperation)).isEqualTo(withoutId(known));
    assertThat(known).contains("\"detail\":\"Authorization header missing");
  }

  @Test
  void aControlHostIsNotOfTheDataPlane() {
    RawClient.Answer control = gateway.ask(to("console", "/t/acme/demo/x", bearer(ACME)));

    assertThat(control.body()).isEqualTo("behind the data plane");
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void theControlPlaneIsNotOnATenantHost() {
    RawClient.Answer answer = gateway.ask(to("demo.acme", "/api/v1/tenants", bearer(ACME)));

    assertThat(answer.body()).isEqualTo("ok");
    assertThat(backend.last().line()).isEqualTo("GET /api/v1/tenants HTTP/1.1");
    assertThat(backend.last().values("x-api-key")).isEmpty();
  }

  @Test
  void aRefusalOfHeadHasNoBody() {
    try (RawClient client = gateway.connect()) {
      RawClient.Answer head =
          client.send(to("demo.acme", "/x", "").replace("GET", "HEAD")).answer("HEAD");
      RawClient.Answer next = client.send(to("demo.acme", "/x", bearer(ACME))).answer();

      assertThat(head.status()).isEqualTo(401);
      assertThat(head.values("content-length")).isNotEmpty();
      assertThat(next.status()).isEqualTo(200);
    }
  }

  @Test
  void aSmallBodyBehindARefusalDoesNotBecomeTheNextRequest() {
    String smuggled = to("demo.acme", "/smuggled", bearer(ACME));

    try (RawClient client = gateway.connect()) {
      client.send(
          to("demo.acme", "/x", "Content-Length: " + smuggled.length() + "\r\n")
                  .replace("GET", "POST")
              + smuggled
              + to("demo.acme", "/next", bearer(ACME)));

      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(backend.received())
        .extracting(RawBackend.Received::line)
        .containsExactly("GET /next HTTP/1.1");
  }

  @Test
  void aLargeBodyBehindARefusalEndsTheConnection() {
    try (RawClient client = gateway.connect()) {
      client.send(
          to("demo.acme", "/x", "Content-Length: 100000000\r\n").replace("GET", "POST")
              + "x".repeat(1000));

      RawClient.Answer answer = client.answer();

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.value("connection")).isEqualTo("close");
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aGatewayThatKnowsTooLittleSaysComeBack() {
    gateway.trusted.stale(true);

    RawClient.Answer answer = gateway.ask(to("demo.acme", "/x", bearer(ACME)));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("trust_unavailable");
    assertThat(Integer.parseInt(answer.value("retry-after"))).isBetween(1, 5);
  }

  private static Arguments row(
      String name, int status, String code, String challenge, String request) {
    return arguments(name, status, code, challenge, request);
  }

  private static String to(String host, String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + ".example.test\r\n" + headers + "\r\n";
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token + "\r\n";
  }

  private static String basic(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String headerWithKid(String kid) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static String withoutId(String problem) {
    return problem.substring(0, problem.indexOf("\"requestId\""));
  }
}
