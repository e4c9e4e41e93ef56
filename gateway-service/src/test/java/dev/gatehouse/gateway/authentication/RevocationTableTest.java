package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.gateway.authentication.Scene.ISSUER;
import static dev.gatehouse.gateway.authentication.Scene.NAMESPACE;
import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.accessToken;
import static dev.gatehouse.gateway.authentication.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.trust.RevocationDraft;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way to revoke beside a token that differs in nothing but what the revocation names; and
 * beside the same revocation of another tenant, which must do nothing.
 */
class RevocationTableTest {

  private static final PublicKey RSA = TestKeys.RSA.getPublic();
  private static final Instant LONG_AGO = NOW.minusSeconds(7200);
  private static final Instant ISSUED = NOW.minusSeconds(3600);

  private final Scene scene = new Scene();

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aRevokedTokenIsRefusedAndItsTwinIsAccepted(
      String what, UnaryOperator<RevocationDraft> revocation, Mint revoked, Mint twin) {
    scene.change(trust -> trust.revocation("acme", revocation));

    assertThat(codeOf(revoked)).isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertAccepted(twin);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void anOperatorsRevocationReachesEveryTenant(
      String what, UnaryOperator<RevocationDraft> revocation, Mint revoked, Mint twin) {
    scene.change(trust -> trust.revocation("*", revocation));

    assertThat(codeOf(revoked)).isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertAccepted(twin);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void anotherTenantsRevocationDoesNothing(
      String what, UnaryOperator<RevocationDraft> revocation, Mint revoked, Mint twin) {
    scene.change(trust -> trust.revocation("other", revocation).revocation("acme:pay", revocation));

    assertAccepted(revoked);
    assertAccepted(twin);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aRevocationOfAFormerTenantOfTheSameNameDoesNothing(
      String what, UnaryOperator<RevocationDraft> revocation, Mint revoked, Mint twin) {
    scene.change(
        trust ->
            trust.revocation("acme", draft -> revocation.apply(draft).ownerId(new UUID(1, 1))));

    assertAccepted(revoked);
    assertAccepted(twin);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whoCannotSignDoesNotLearnWhatIsRevoked(
      String what, UnaryOperator<RevocationDraft> revocation, Mint revoked, Mint twin) {
    scene.change(trust -> trust.revocation("acme", revocation));

    assertThat(codeOf(revoked.signedWith(new byte[256]))).isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(codeOf(twin.signedWith(new byte[256]))).isEqualTo(ErrorCode.SIGNATURE_INVALID);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aRevocationThatIsTakenBackLetsTheTokenThroughAgain(
      String what, UnaryOperator<RevocationDraft> revocation, Mint revoked, Mint twin) {
    UUID id = new UUID(2, 2);
    scene.change(trust -> trust.revocation("acme", draft -> revocation.apply(draft).id(id)));
    assertThat(codeOf(revoked)).isEqualTo(ErrorCode.TOKEN_REVOKED);

    scene.change(trust -> trust.withoutRevocation(id));

    assertAccepted(revoked);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row(
            "the jti of a key's token",
            it -> it.jti("j1").key(RSA),
            token().claim("jti", "j1"),
            token().claim("jti", "j2")),
        row(
            "the jti of a key's token, where the key is named by its Opstrace id",
            it -> it.jti("j1").key(RSA),
            token().claim("jti", "j1").header("kid", Scene.opstraceId(RSA)),
            token().header("kid", Scene.opstraceId(RSA))),
        row(
            "the jti of an issuer's token",
            it -> it.jti("j1").issuer(ISSUER),
            accessToken().claim("jti", "j1"),
            accessToken().claim("jti", "J1")),
        row(
            "a jti of an issuer, which is no jti of a key",
            it -> it.jti("j1").issuer(ISSUER),
            accessToken().claim("jti", "j1"),
            token().claim("jti", "j1")),
        row(
            "a jti of a key, which is no jti of an issuer",
            it -> it.jti("j1").key(RSA),
            token().claim("jti", "j1"),
            accessToken().claim("jti", "j1")),
        row(
            "a jti of an issuer that a tenant token claims to be of",
            it -> it.jti("j1").issuer(ISSUER),
            accessToken().claim("jti", "j1"),
            token().claim("iss", ISSUER + "x").claim("jti", "j1")),
        row(
            "the subject of an issuer",
            it -> it.subject("4711").issuer(ISSUER),
            accessToken(),
            accessToken().claim("sub", "4712")),
        row(
            "the subject of an issuer, before a time",
            it -> it.subject("4711").issuer(ISSUER).notBefore(NOW.minusSeconds(59)),
            accessToken(),
            accessToken().claim("iat", NOW.minusSeconds(59))),
        row(
            "the subject of a key",
            it -> it.subject("tenant-acme").key(RSA),
            token(),
            token().claim("sub", "tenant-acme:pay")),
        row(
            "the hash of a key's token",
            it -> it.tokenHash(hash(token())),
            token(),
            token().claim("exp", NOW.plusSeconds(3601))),
        row(
            "the hash of an issuer's token",
            it -> it.tokenHash(hash(accessToken())),
            accessToken(),
            accessToken().claim("note", "x")),
        row("a tenant", it -> it.tenant("acme"), token(), of("acme:pay")),
        row(
            "a tenant, before a time",
            it -> it.tenant("acme").notBefore(ISSUED.plusSeconds(1)),
            token(),
            token().claim("iat", ISSUED.plusSeconds(1))),
        row(
            "a tenant, before a time, in a token of nobody knows when",
            it -> it.tenant("acme").notBefore(LONG_AGO),
            accessToken().without("iat"),
            accessToken()),
        row("an issuer", it -> it.allOf(ISSUER), accessToken(), token()),
        row(
            "an issuer, before a time",
            it -> it.allOf(ISSUER).notBefore(NOW.minusSeconds(59)),
            accessToken(),
            accessToken().claim("iat", NOW.minusSeconds(59))),
        row(
            "an issuer, before a time, in a token of nobody knows when",
            it -> it.allOf(ISSUER).notBefore(LONG_AGO),
            accessToken().without("iat"),
            accessToken()));
  }

  @Test
  void theHashIsTheSameWhateverTheSignatureLooksLike() throws Exception {
    Mint p256 = Scene.token(TestKeys.P256, "ES256", "other");
    String first = p256.token();
    String second = p256.token();
    assertThat(first).isNotEqualTo(second);

    scene.change(trust -> trust.revocation("other", it -> it.tokenHash(hash(p256))));

    assertThat(codeOf(first)).isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertThat(codeOf(second)).isEqualTo(ErrorCode.TOKEN_REVOKED);
  }

  @Test
  void onlyTheOwnersTenantsDropOutOfAToken() {
    Mint both = named("acme", "acme:pay", "other");
    scene.change(trust -> trust.revocation("acme", it -> it.subject("4711").issuer(ISSUER)));

    assertThat(accepted(both).tenants().named()).hasToString("[other]");
    assertThat(codeOf(named("acme", "acme:pay"))).isEqualTo(ErrorCode.TOKEN_REVOKED);
  }

  @Test
  void aRevokedTenantDropsOutAlone() {
    Mint both = named("acme", "acme:pay", "other");
    scene.change(trust -> trust.revocation("*", it -> it.tenant("acme")));

    assertThat(accepted(both).tenants()).isEqualTo(accepted(named("acme:pay", "other")).tenants());
  }

  @Test
  void aTenantMayRevokeThoseThatAreNestedInItAndNotTheOtherWayRound() {
    scene.change(trust -> trust.revocation("acme", it -> it.tenant("acme:pay")));
    assertThat(codeOf(named("acme:pay"))).isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertAccepted(named("acme"));

    scene.change(trust -> trust.revocation("acme:pay", it -> it.tenant("acme")));
    assertAccepted(named("acme"));
  }

  @Test
  void severalRevocationsTakeAwayTogether() {
    Mint both = named("acme", "other");
    scene.change(
        trust ->
            trust
                .revocation("acme", it -> it.subject("4711").issuer(ISSUER))
                .revocation("other", it -> it.allOf(ISSUER).notBefore(NOW)));

    assertThat(codeOf(both)).isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertThat(accepted(named("acme", "acme:pay", "other").claim("iat", NOW)).tenants().named())
        .hasToString("[other]");
  }

  @Test
  void aTokenOfEveryTenantIsReachedByAnOperatorsRevocationAlone() {
    Mint every = named("*");
    scene.change(
        trust ->
            trust
                .revocation("acme", it -> it.subject("4711").issuer(ISSUER))
                .revocation("acme", it -> it.allOf(ISSUER))
                .revocation("*", it -> it.tenant("acme")));
    assertThat(accepted(every).tenants()).isEqualTo(TokenTenants.EVERY);

    scene.change(trust -> trust.revocation("*", it -> it.subject("4711").issuer(ISSUER)));

    assertThat(codeOf(every)).isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertAccepted(named("*").claim("sub", "4712"));
  }

  @Test
  void anIssuersTokensAreRevokedForAllOfItsRegistrations() {
    scene.change(
        trust ->
            trust
                .issuer(
                    ISSUER,
                    issuer ->
                        issuer
                            .id(new UUID(3, 3))
                            .audiences("gatehouse-local/acme")
                            .maySpeakFor("acme")
                            .claimsNamespace(NAMESPACE)
                            .key(Scene.OIDC_KID, Scene.OIDC_KEY.getPublic()))
                .revocation("acme", it -> it.subject("4711").issuer(ISSUER)));

    assertThat(codeOf(accessToken().claim("aud", "gatehouse-local/acme")))
        .isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertThat(codeOf(accessToken())).isEqualTo(ErrorCode.TOKEN_REVOKED);
  }

  @Test
  void aRevocationOfATenantThatIsGoneDoesNothing() {
    scene.change(
        trust ->
            trust
                .revocation("other", it -> it.subject("4711").issuer(ISSUER))
                .withoutTenant(TrustBuilder.idOf("other")));

    assertAccepted(named("other"));
  }

  private static Arguments row(
      String what, UnaryOperator<RevocationDraft> revocation, Mint revoked, Mint twin) {
    return Arguments.of(what, revocation, revoked, twin);
  }

  private static Mint of(String tenant) {
    return token().claim("sub", "tenant-" + tenant);
  }

  private static Mint named(String... tenants) {
    return accessToken()
        .claimJson(NAMESPACE, "{\"tenant_id\":[\"" + String.join("\",\"", tenants) + "\"]}");
  }

  private static String hash(Mint mint) {
    try {
      byte[] input = mint.signingInput().getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertAccepted(Mint mint) {
    assertThat(accepted(mint).expiresAt()).isAfter(NOW);
  }

  private Identity accepted(Mint mint) {
    Authentication answer = scene.answer(mint.token());
    assertThat(answer).isInstanceOf(Authentication.Accepted.class);
    return ((Authentication.Accepted) answer).identity();
  }

  private ErrorCode codeOf(Mint mint) {
    return codeOf(mint.token());
  }

  private ErrorCode codeOf(String token) {
    Authentication answer = scene.answer(token);
    assertThat(answer).isInstanceOf(Authentication.Refused.class);
    return ((Authentication.Refused) answer).code();
  }
}
