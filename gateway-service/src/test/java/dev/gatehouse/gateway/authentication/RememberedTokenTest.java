package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.common.error.ErrorCode.KEY_UNKNOWN;
import static dev.gatehouse.common.error.ErrorCode.TOKEN_EXPIRED;
import static dev.gatehouse.common.error.ErrorCode.TOKEN_NOT_YET_VALID;
import static dev.gatehouse.common.error.ErrorCode.TOKEN_REVOKED;
import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.accessToken;
import static dev.gatehouse.gateway.authentication.Scene.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a verified token while it is remembered. */
class RememberedTokenTest {

  private final Scene scene = new Scene();
  private final AtomicInteger verifications = new AtomicInteger();
  private final Authenticator authenticator =
      scene.authenticator(
          text -> {
            verifications.incrementAndGet();
            return scene.verifier.verify(text);
          },
          2,
          100);
  private final String token = Scene.token().token();

  @AfterEach
  void stop() {
    authenticator.close();
  }

  @Test
  void aTokenIsVerifiedOnce() {
    assertThat(ask(token)).isInstanceOf(Authentication.Accepted.class);
    assertThat(ask(token)).isInstanceOf(Authentication.Accepted.class);

    assertThat(verifications).hasValue(1);
  }

  @Test
  void aHitGivesTheVerySameIdentity() {
    Authentication first = ask(token);

    assertThat(ask(token)).isEqualTo(first);
    assertThat(cached(token)).containsSame(cached(token).orElseThrow());
  }

  @Test
  void aRememberedTokenExpiresInTime() {
    ask(token);

    scene.source.now(NOW.plusSeconds(3629));
    assertThat(ask(token)).isInstanceOf(Authentication.Accepted.class);
    scene.source.now(NOW.plusSeconds(3630));
    assertThat(ask(token)).satisfies(is(TOKEN_EXPIRED));
    assertThat(verifications).hasValue(1);
  }

  @Test
  void aTokenThatCameTooEarlyIsGoodWhenItsTimeHasCome() {
    String early = Scene.token().claim("nbf", NOW.plusSeconds(60)).token();
    assertThat(ask(early)).satisfies(is(TOKEN_NOT_YET_VALID));

    scene.source.now(NOW.plusSeconds(30));

    assertThat(ask(early)).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void aRememberedTokenEndsWithItsKeysExpiry() {
    scene.change(
        trust ->
            trust.anchor(
                TestKeys.RSA.getPublic(), "acme", anchor -> anchor.expiresAt(NOW.plusSeconds(10))));
    assertThat(ask(token)).isInstanceOf(Authentication.Accepted.class);

    scene.source.now(NOW.plusSeconds(10));

    assertThat(ask(token)).satisfies(is(KEY_UNKNOWN));
  }

  @Test
  void aChangeElsewhereNeedsNoNewVerification() {
    ask(token);

    scene.change(trust -> trust.tenants("unrelated"));

    assertThat(ask(token)).isInstanceOf(Authentication.Accepted.class);
    assertThat(verifications).hasValue(1);
  }

  @Test
  void anIssuersNewKeyLeavesTheTokensOfItsOthersVerified() {
    ask(accessToken().token());

    scene.change(
        trust ->
            trust.issuer(
                Scene.ISSUER,
                issuer ->
                    issuer
                        .audiences("gatehouse-local")
                        .claimsNamespace(Scene.NAMESPACE)
                        .keysAsOf(NOW)
                        .key(Scene.OIDC_KID, Scene.OIDC_KEY.getPublic())
                        .key("idp-2", TestKeys.P384.getPublic())));

    assertThat(ask(accessToken().token())).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void aRememberedTokenDiesWithItsAnchor() {
    ask(token);

    scene.change(trust -> trust.withoutAnchor(Scene.anchorId("acme", TestKeys.RSA.getPublic())));

    assertThat(ask(token)).satisfies(is(KEY_UNKNOWN));
  }

  @Test
  void aRememberedTokenDiesWithTheRegistrationOfItsKeysOwner() {
    ask(token);

    scene.change(
        trust ->
            trust
                .withoutTenant(TrustBuilder.idOf("acme"))
                .tenant(again(TrustBuilder.active("acme"), Optional.empty())));

    assertThat(ask(token)).satisfies(is(KEY_UNKNOWN));
  }

  @Test
  void aRememberedTokenDiesWhenItsTenantWithdrawsAllOfItsAge() {
    String everybodys = Scene.token(TestKeys.ED25519, "EdDSA", "acme").token();
    assertThat(ask(everybodys)).isInstanceOf(Authentication.Accepted.class);

    scene.change(trust -> trust.tenant(again(TrustBuilder.active("acme"), Optional.of(NOW))));

    assertThat(ask(everybodys)).satisfies(is(TOKEN_REVOKED));
  }

  @Test
  void aRememberedTokenOfAnIssuerDiesWithTheIssuer() {
    String access = accessToken().token();
    ask(access);

    scene.change(trust -> trust.withoutIssuer(TrustBuilder.idOf(Scene.ISSUER)));

    assertThat(ask(access)).satisfies(is(KEY_UNKNOWN));
  }

  @Test
  void aRememberedTokenOfNobodysIssuerDiesWhenTheIssuerIsRegistered() {
    String token = Scene.token().claim("iss", "https://new.example").token();
    assertThat(ask(token)).isInstanceOf(Authentication.Accepted.class);

    scene.change(
        trust ->
            trust.issuer("https://new.example", issuer -> issuer.audiences("gatehouse-local")));

    assertThat(ask(token)).satisfies(is(KEY_UNKNOWN));
  }

  private Authentication ask(String token) {
    return cached(token)
        .orElseGet(() -> await(authenticator.authenticate(new Credentials.Token(token))));
  }

  private Optional<Authentication> cached(String token) {
    return authenticator.cached(
        new Credentials.Token(token), scene.source.current(), scene.source.now());
  }

  /** The same tenant with another id and another "not before". */
  private static Tenant again(Tenant tenant, Optional<Instant> notBefore) {
    return new Tenant(TrustBuilder.idOf("again"), tenant.name(), tenant.orgId(), false, notBefore);
  }

  private static Consumer<Authentication> is(ErrorCode code) {
    return answer ->
        assertThat(answer)
            .isInstanceOfSatisfying(
                Authentication.Refused.class, no -> assertThat(no.code()).isEqualTo(code));
  }
}
