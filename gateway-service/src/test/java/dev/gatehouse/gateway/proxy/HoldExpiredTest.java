package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes with a token that expired an hour ago, less the clock skew. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class HoldExpiredTest {

  private static final Duration LONG = Duration.ofHours(2);
  private static final String PUSH = "/api/v1/push";

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway = start(LONG);

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aWriteIsToBeSentAgainWithANewTokenAlsoFromTheCache() {
    String token = Tokens.expired("acme");

    for (int i = 0; i < 3; i++) {
      RawClient.Answer answer = ask("POST", "cortex.acme", PUSH, token);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("token_expired");
      assertThat(Integer.parseInt(answer.value("retry-after"))).isBetween(1, 5);
      assertThat(answer.values("www-authenticate")).isEmpty();
    }
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void aTokenThatExpiresWhileItIsRememberedIsHeldToo() {
    String token = Tokens.of("acme");
    assertThat(ask("POST", "cortex.acme", PUSH, token).status()).isEqualTo(200);

    gateway.trusted.now(Instant.now().plus(Duration.ofMinutes(90)));

    assertThat(ask("POST", "cortex.acme", PUSH, token).status()).isEqualTo(503);
    gateway.trusted.now(Instant.now().plus(Duration.ofHours(4)));
    assertThat(ask("POST", "cortex.acme", PUSH, token).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  cortex.acme,  /prometheus/api/v1/query",
    "POST, cortex.acme,  /prometheus/api/v1/query",
    "POST, cortex.acme,  /api/v1/rules/team",
    "POST, cortex.acme,  /api/v1/alerts",
    "POST, cortex.acme,  /ingester/shutdown",
    "POST, cortex.acme,  /unheard/of",
    "POST, cortex.other, /api/v1/push",
    "POST, tempo.acme,   /api/v1/push",
  })
  void everythingElseThanAWriteThatWouldBeAllowedIsRefusedAtOnce(
      String method, String host, String path) {
    RawClient.Answer answer = ask(method, host, path, Tokens.expired("acme"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("token_expired");
    assertThat(answer.values("retry-after")).isEmpty();
  }

  private enum Flaw {
    SIGNATURE("signature_invalid"),
    SCOPE("token_expired"),
    AUDIENCE("audience_mismatch"),
    SUSPENDED("token_expired"),
    UNREGISTERED("token_expired"),
    REVOKED("token_revoked"),
    NOT_BEFORE("token_revoked"),
    KEY_REMOVED("key_unknown"),
    KEY_ENDED("token_expired");

    private final String code;

    Flaw(String code) {
      this.code = code;
    }

    String token() {
      return switch (this) {
        case SIGNATURE -> Tokens.expired("acme").replaceFirst(".{6}$", "AAAAAA");
        case SCOPE -> expired("gatehouse-local", "*:read");
        case AUDIENCE -> expired("gatehouse-elsewhere", "*:write");
        default -> expired("gatehouse-local", "*:write");
      };
    }

    UnaryOperator<TrustBuilder> change() {
      return switch (this) {
        case SUSPENDED -> trust -> trust.suspended("acme");
        case UNREGISTERED ->
            trust ->
                trust.withoutTenant(
                    TestGateway.trust().tenants().byName(new TenantId("acme")).orElseThrow().id());
        case REVOKED -> trust -> trust.revocation("*", revocation -> revocation.tenant("acme"));
        case NOT_BEFORE ->
            trust ->
                trust.anchor(
                    Tokens.KEY.getPublic(),
                    "*",
                    anchor -> anchor.scopes("*:read", "*:write").tokensNotBefore(Instant.now()));
        case KEY_REMOVED ->
            trust ->
                trust.withoutAnchor(
                    TestGateway.trust()
                        .anchors()
                        .byKid(TrustBuilder.thumbprint(Tokens.KEY.getPublic()).value())
                        .get(0)
                        .id());
        case KEY_ENDED ->
            trust ->
                trust.anchor(
                    Tokens.KEY.getPublic(),
                    "*",
                    anchor ->
                        anchor
                            .scopes("*:read", "*:write")
                            .expiresAt(Instant.now().minus(Duration.ofMinutes(5))));
        default -> trust -> trust;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverElseIsWrongIsAnsweredAsEver(Flaw flaw) {
    String token = flaw.token();
    Trust before = gateway.trusted.current();
    gateway.trusted.set(flaw.change().apply(TrustBuilder.from(before)).build());

    for (int i = 0; i < 2; i++) {
      RawClient.Answer answer = ask("POST", "cortex.acme", PUSH, token);

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo(flaw.code);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUSPENDED", "REVOKED", "NOT_BEFORE", "KEY_REMOVED"})
  void whatWasHeldIsRefusedAtOnceWhenItIsWithdrawn(Flaw flaw) {
    String token = flaw.token();
    assertThat(ask("POST", "cortex.acme", PUSH, token).status()).isEqualTo(503);

    gateway.trusted.set(flaw.change().apply(TrustBuilder.from(gateway.trusted.current())).build());

    assertThat(ask("POST", "cortex.acme", PUSH, token).code()).isEqualTo(flaw.code);
    assertThat(ask("POST", "cortex.acme", PUSH, token).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"0, 401", "3500, 401", "3660, 503"})
  void aTokenIsHeldForTheTimeThatIsSet(long seconds, int status) {
    gateway.close();
    gateway = start(Duration.ofSeconds(seconds));

    assertThat(ask("POST", "cortex.acme", PUSH, Tokens.expired("acme")).status()).isEqualTo(status);
  }

  private static String expired(String audience, String scope) {
    long then = Instant.now().getEpochSecond() - 7200;
    return Tokens.sign(
        "{\"sub\":\"tenant-acme\",\"aud\":\""
            + audience
            + "\",\"iss\":\"gatehouse-cli\",\"iat\":"
            + then
            + ",\"exp\":"
            + (then + 3600)
            + ",\"scope\":\""
            + scope
            + "\"}");
  }

  private TestGateway start(Duration hold) {
    return TestGateway.with(TestGateway.trust())
        .api("cortex", "mimir", backend.url())
        .holding(hold)
        .start();
  }

  private RawClient.Answer ask(String method, String host, String path, String token) {
    return gateway.ask(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + ".example.test\r\nAuthorization: Bearer "
            + token
            + "\r\n"
            + (method.equals("GET") ? "" : "Content-Length: 0\r\n")
            + "\r\n");
  }
}
