package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.gateway.authentication.Scene.NAMESPACE;
import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.OIDC_KEY;
import static dev.gatehouse.gateway.authentication.Scene.OIDC_KID;
import static dev.gatehouse.gateway.authentication.Scene.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.gateway.trust.Issuer;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.TrustBuilder;
import dev.gatehouse.gateway.trust.TrustBuilder.IssuerDraft;
import io.smallrye.jwt.build.Jwt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcRulesTest {

  private final Scene scene = new Scene();

  @Test
  void anIdentitySaysWhoIsAskingAndWhoVouches() {
    Identity identity = accepted(accessToken());

    assertThat(identity.kind()).isEqualTo(Identity.Kind.OIDC);
    assertThat(identity.tenants()).isEqualTo(TokenTenants.of(new TenantId("acme")));
    assertThat(identity.username()).contains(new Username("alice"));
    assertThat(identity.issuer().map(Issuer::url)).contains(Scene.ISSUER);
    assertThat(identity.anchor()).isEmpty();
    assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(600));
  }

  @Test
  void aTokenOfAnotherLibraryIsUnderstood() {
    String token =
        Jwt.issuer(Scene.ISSUER)
            .audience(Set.of("gatehouse-local", "another"))
            .issuedAt(NOW)
            .expiresAt(NOW.plusSeconds(60))
            .claim(NAMESPACE, Map.of("tenant_id", List.of("acme", "other"), "username", "bob"))
            .scope(Set.of("cortex:read", "openid"))
            .jws()
            .keyId(OIDC_KID)
            .sign(OIDC_KEY.getPrivate());

    Identity identity = accepted(token);

    assertThat(identity.tenants().named())
        .containsExactlyInAnyOrder(new TenantId("acme"), new TenantId("other"));
    assertThat(identity.scopes()).containsExactly(new Scope("cortex:read"));
  }

  @Test
  void claimsStandAtTopLevelWhereThereIsNoNamespace() {
    issuer(draft -> draft.claimsNamespace(""));

    Identity identity =
        accepted(
            accessToken().without(NAMESPACE).claim("tenant_id", "other").claim("username", "bob"));

    assertThat(identity.tenants().only()).contains(new TenantId("other"));
    assertThat(identity.username()).contains(new Username("bob"));
  }

  @Test
  void aNamespaceIsLookedUpLiterally() {
    issuer(draft -> draft.claimsNamespace("a.b"));

    assertThat(refused(accessToken().claimJson("a", "{\"b\":{\"tenant_id\":\"acme\"}}")))
        .isEqualTo(ErrorCode.CLAIMS_INVALID);
    assertThat(accepted(accessToken().claimJson("a.b", "{\"tenant_id\":\"acme\"}")).username())
        .isEmpty();
  }

  @Test
  void whoMaySpeakForAllMaySayEvery() {
    assertThat(accepted(claims("{\"tenant_id\":\"*\"}")).tenants()).isEqualTo(TokenTenants.EVERY);
    assertThat(accepted(claims("{\"tenant_id\":[\"acme\",\"*\"]}")).tenants())
        .isEqualTo(TokenTenants.EVERY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"acme\"; true",
        "\"acme:pay\"; true",
        "[\"acme\",\"acme:pay\"]; true",
        "\"*\"; false",
        "\"other\"; false",
        "\"_\"; false",
        "\"acmee\"; false",
        "[\"acme\",\"other\"]; false",
        "[\"acme\",\"*\"]; false"
      })
  void anIssuerOfATenantSpeaksForThatOneAndThoseNestedInIt(String tenants, boolean accepted) {
    issuer(draft -> draft.maySpeakFor("acme"));

    Authentication answer = scene.answer(claims("{\"tenant_id\":" + tenants + "}").token());

    assertThat(answer instanceof Authentication.Accepted).isEqualTo(accepted);
  }

  @Test
  void anIssuerWhoseOwnerWasRegisteredAnewSpeaksForNobody() {
    issuer(draft -> draft.maySpeakFor("acme"));
    Tenant acme = TrustBuilder.active("acme");
    scene.change(
        trust ->
            trust
                .withoutTenant(acme.id())
                .tenant(
                    new Tenant(
                        TrustBuilder.idOf("again"),
                        acme.name(),
                        acme.orgId(),
                        false,
                        Optional.empty())));

    assertThat(refused(accessToken())).isEqualTo(ErrorCode.KEY_UNKNOWN);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "; ; *:read",
        "scope; \"openid profile\"; *:read",
        "scope; \"openid cortex:write\"; cortex:write",
        "scope; [\"cortex:write\",\"loki:read\"]; cortex:write loki:read",
        "scp; \"tenants:read\"; tenants:read",
        "scp; [\"tenants:read\",\"x\"]; tenants:read",
        "permissions; [\"keys:all\"]; keys:all",
        "permissions; []; ''",
        "permissions; [\"read:things\"]; ''"
      })
  void scopesComeFromWhicheverClaimNamesThem(String claim, String json, String expected) {
    issuer(draft -> draft.defaultScopes("*:read"));
    Mint mint = claim == null ? accessToken() : accessToken().claimJson(claim, json);

    assertThat(accepted(mint).scopes())
        .isEqualTo(
            Arrays.stream(expected.split(" "))
                .filter(scope -> !scope.isEmpty())
                .map(Scope::new)
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest(name = "named {0}, at most {1}: {2}")
  @CsvSource({
    "-,                         cortex:read,               cortex:read",
    "-,                         tenants:read,              ''",
    "cortex:read tenants:write, *:read,                    cortex:read",
    "*:read,                    cortex:read tenants:write, cortex:read",
    "tenants:write,             tenants:read,              ''",
    "tenants:write,             tenants:write,             tenants:write",
  })
  void aTokenNeverHasMoreThanItsIssuerMayGrant(String named, String most, String expected) {
    issuer(draft -> draft.defaultScopes("*:read").scopes(most.split(" +")));
    Mint mint = named.equals("-") ? accessToken() : accessToken().claim("scope", named);

    assertThat(accepted(mint).scopes())
        .extracting(Scope::value)
        .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" +"));
  }

  @Test
  void theAudienceSaysWhichOfSeveralRegistrationsIsMeant() {
    twoRegistrations();

    assertThat(accepted(accessToken().claim("aud", "gatehouse-local/acme")).issuer())
        .hasValueSatisfying(issuer -> assertThat(issuer.name()).isEqualTo("acmes"));
    assertThat(accepted(accessToken()).issuer())
        .hasValueSatisfying(issuer -> assertThat(issuer.name()).isEqualTo("default"));
    assertThat(
            refused(
                accessToken().claimJson("aud", "[\"gatehouse-local\",\"gatehouse-local/acme\"]")))
        .isEqualTo(ErrorCode.AUDIENCE_MISMATCH);
  }

  @Test
  void aRegistrationDoesNotLendItsReachToTheOther() {
    twoRegistrations();

    assertThat(refused(claims("{\"tenant_id\":\"other\"}").claim("aud", "gatehouse-local/acme")))
        .isEqualTo(ErrorCode.CLAIMS_INVALID);
    assertThat(accepted(claims("{\"tenant_id\":\"other\"}")).issuer()).isPresent();
  }

  @Test
  void aKeyIsForTheAlgorithmOnlyThatItsJwkNames() {
    issuer(draft -> draft.key("ps", TestKeys.RSA.getPublic(), "PS256"));
    Mint rs = withKey("RS256");
    Mint ps = withKey("PS256");

    assertThat(refused(rs)).isEqualTo(ErrorCode.ALGORITHM_REFUSED);
    assertThat(accepted(ps).issuer()).isPresent();
  }

  @Test
  void aNamedTenantThatRefusesTokensOfACertainAgeSpoilsTheToken() {
    Tenant other = TrustBuilder.active("other");
    scene.change(
        trust ->
            trust.tenant(
                new Tenant(other.id(), other.name(), other.orgId(), false, Optional.of(NOW))));

    assertThat(refused(claims("{\"tenant_id\":[\"acme\",\"other\"]}")))
        .isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertThat(refused(claims("{\"tenant_id\":\"other\"}").without("iat")))
        .isEqualTo(ErrorCode.TOKEN_REVOKED);
    assertThat(accepted(claims("{\"tenant_id\":\"acme\"}")).issuer()).isPresent();
  }

  private static Mint withKey(String algorithm) {
    Mint model = Mint.with(TestKeys.RSA, algorithm);
    return model
        .header("kid", "ps")
        .claim("iss", Scene.ISSUER)
        .claim("aud", "gatehouse-local")
        .claim("exp", NOW.plusSeconds(60))
        .claimJson(NAMESPACE, "{\"tenant_id\":\"acme\"}");
  }

  private void issuer(UnaryOperator<IssuerDraft> with) {
    scene.change(
        trust ->
            trust.issuer(
                Scene.ISSUER,
                draft ->
                    with.apply(
                        draft
                            .audiences("gatehouse-local")
                            .claimsNamespace(NAMESPACE)
                            .key(OIDC_KID, OIDC_KEY.getPublic()))));
  }

  private void twoRegistrations() {
    scene.change(
        trust ->
            trust.issuer(
                Scene.ISSUER,
                draft ->
                    draft
                        .id(TrustBuilder.idOf("acmes"))
                        .name("acmes")
                        .audiences("gatehouse-local/acme")
                        .claimsNamespace(NAMESPACE)
                        .maySpeakFor("acme")
                        .key(OIDC_KID, OIDC_KEY.getPublic())));
  }

  private static Mint claims(String json) {
    return accessToken().claimJson(NAMESPACE, json);
  }

  private Identity accepted(Mint mint) {
    return accepted(mint.token());
  }

  private Identity accepted(String token) {
    Authentication answer = scene.answer(token);
    assertThat(answer).isInstanceOf(Authentication.Accepted.class);
    return ((Authentication.Accepted) answer).identity();
  }

  private ErrorCode refused(Mint mint) {
    Authentication answer = scene.answer(mint.token());
    assertThat(answer).isInstanceOf(Authentication.Refused.class);
    return ((Authentication.Refused) answer).code();
  }
}
