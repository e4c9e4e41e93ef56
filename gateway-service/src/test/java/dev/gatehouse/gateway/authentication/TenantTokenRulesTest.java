package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.gateway.trust.Anchor;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantTokenRulesTest {

  private static final PublicKey RSA = TestKeys.RSA.getPublic();

  private final Scene scene = new Scene();

  @Test
  void anIdentitySaysWhoIsAskingAndWhoVouches() {
    Identity identity = accepted(token());

    assertThat(identity.kind()).isEqualTo(Identity.Kind.TENANT_TOKEN);
    assertThat(identity.tenants().only()).hasToString("Optional[acme]");
    assertThat(identity.username()).isEmpty();
    assertThat(identity.scopes()).isEqualTo(Scope.ALL_DATA);
    assertThat(identity.anchor().map(Anchor::id)).contains(Scene.anchorId("acme", RSA));
    assertThat(identity.issuer()).isEmpty();
    assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(identity.issuedAt()).contains(NOW.minusSeconds(3600));
  }

  @Test
  void aUsernameInATenantTokenIsIgnored() {
    Identity identity = accepted(token().claim("username", "*").claim("tenant_id", "other"));

    assertThat(identity.username()).isEmpty();
    assertThat(identity.tenants().only()).hasToString("Optional[acme]");
  }

  @Test
  void theKeyMayBeNamedByItsOpstraceId() {
    String opstraceId = OpstraceKeyId.of(RSA.getEncoded()).value();

    assertThat(accepted(token().header("kid", opstraceId)).anchor()).isPresent();
  }

  @ParameterizedTest(name = "named {0}, anchor has {1}: {2}")
  @CsvSource({
    "-,                      *:read *:write,        *:read *:write",
    "-,                      *:read,                *:read",
    "-,                      cortex:read,           cortex:read",
    "-,                      tenants:read keys:all, ''",
    "*:read,                 *:read *:write,        *:read",
    "cortex:read,            *:read *:write,        cortex:read",
    "*:read,                 cortex:read loki:read, cortex:read loki:read",
    "cortex:read loki:write, cortex:read,           cortex:read",
    "tenants:write,          *:read *:write,        ''",
    "tenants:write *:read,   *:read tenants:write,  tenants:write *:read",
    "cortex:rules,           *:read *:write,        ''",
    "openid,                 *:read *:write,        ''",
    "'',                     *:read *:write,        ''",
  })
  void aTokenHasWhatItNamesAsFarAsItsAnchorHasIt(String named, String granted, String expected) {
    scene.change(trust -> trust.anchor(RSA, "acme", anchor -> anchor.scopes(granted.split(" +"))));
    Mint mint = named.equals("-") ? token() : token().claim("scope", named);

    assertThat(accepted(mint).scopes()).isEqualTo(scopes(expected));
  }

  @Test
  void theNearestOwnersAnchorVouches() {
    scene.change(
        trust ->
            trust
                .anchor(RSA, "*", anchor -> anchor.scopes("tenants:write"))
                .anchor(RSA, "acme", anchor -> anchor.scopes("*:write"))
                .anchor(RSA, "acme:pay", anchor -> anchor.scopes("*:read")));

    assertThat(accepted(of("acme:pay")).scopes()).isEqualTo(scopes("*:read"));
    assertThat(accepted(of("acme")).scopes()).isEqualTo(scopes("*:write"));
    assertThat(accepted(of("other").claim("scope", "tenants:write")).scopes())
        .isEqualTo(scopes("tenants:write"));
  }

  @Test
  void anAnchorOfAFormerTenantOfTheSameNameDoesNotVouch() {
    scene.change(trust -> trust.anchor(RSA, "acme", anchor -> anchor.ownerId(new UUID(1, 1))));

    assertThat(refused(token())).isEqualTo(ErrorCode.KEY_UNKNOWN);
  }

  @Test
  void anAnchorOfATenantThatIsGoneDoesNotVouchAndTheNextAboveDoes() {
    scene.change(
        trust ->
            trust
                .anchor(RSA, "acme:pay", anchor -> anchor.scopes("*:read"))
                .withoutTenant(TrustBuilder.idOf("acme:pay")));

    assertThat(accepted(of("acme:pay")).anchor())
        .hasValueSatisfying(anchor -> assertThat(anchor.owner()).hasToString("acme"));
  }

  @Test
  void aTenantThatDoesNotExistIsNotThisPackagesBusiness() {
    assertThat(accepted(of("acme:unborn")).tenants().only()).hasToString("Optional[acme:unborn]");
  }

  @Test
  void whoCannotSignLearnsNothingAboutTenants() {
    byte[] forged = new byte[256];

    assertThat(refused(of("acme").signedWith(forged))).isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(refused(of("other").signedWith(forged))).isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(refused(of("nobody").signedWith(forged))).isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(refused(of("*").signedWith(forged))).isEqualTo(ErrorCode.SIGNATURE_INVALID);
    assertThat(refused(token().claim("aud", "x").signedWith(forged)))
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
  }

  @Test
  void anAnchorEndsInTime() {
    scene.change(trust -> trust.anchor(RSA, "acme", anchor -> anchor.expiresAt(NOW)));
    assertThat(refused(token())).isEqualTo(ErrorCode.KEY_UNKNOWN);

    scene.change(
        trust -> trust.anchor(RSA, "acme", anchor -> anchor.expiresAt(NOW.plusSeconds(1))));
    assertThat(accepted(token()).anchor()).isPresent();
  }

  @Test
  void anAnchorBoundsTheLifetimeOfItsTokens() {
    scene.change(
        trust -> trust.anchor(RSA, "acme", anchor -> anchor.maxTokenLifetime(Duration.ofHours(2))));

    assertThat(accepted(token()).anchor()).isPresent();
    assertThat(refused(token().claim("exp", NOW.plusSeconds(3601))))
        .isEqualTo(ErrorCode.CLAIMS_INVALID);
  }

  @Test
  void anAnchorRefusesTokensOfACertainAge() {
    scene.change(
        trust ->
            trust.anchor(RSA, "acme", anchor -> anchor.tokensNotBefore(NOW.minusSeconds(100))));

    assertThat(refused(token().claim("iat", NOW.minusSeconds(101))))
        .isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertThat(accepted(token().claim("iat", NOW.minusSeconds(100))).anchor()).isPresent();
  }

  @Test
  void aTenantRefusesTokensOfACertainAge() {
    Tenant acme = TrustBuilder.active("acme");
    scene.change(
        trust ->
            trust.tenant(
                new Tenant(
                    acme.id(),
                    acme.name(),
                    acme.orgId(),
                    false,
                    Optional.of(NOW.minusSeconds(100)))));

    assertThat(refused(token().claim("iat", NOW.minusSeconds(101))))
        .isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertThat(accepted(token().claim("iat", NOW.minusSeconds(100))).anchor()).isPresent();
  }

  private static Mint of(String tenant) {
    return token().claim("sub", "tenant-" + tenant);
  }

  private Identity accepted(Mint mint) {
    Authentication answer = scene.answer(mint.token());
    assertThat(answer).isInstanceOf(Authentication.Accepted.class);
    return ((Authentication.Accepted) answer).identity();
  }

  private ErrorCode refused(Mint mint) {
    return refused(mint.token());
  }

  private ErrorCode refused(String token) {
    Authentication answer = scene.answer(token);
    assertThat(answer).isInstanceOf(Authentication.Refused.class);
    return ((Authentication.Refused) answer).code();
  }

  private static Set<Scope> scopes(String text) {
    return Arrays.stream(text.split(" +"))
        .filter(scope -> !scope.isEmpty())
        .map(Scope::new)
        .collect(Collectors.toSet());
  }
}
