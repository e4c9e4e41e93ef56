package dev.gatehouse.gateway.authorization;

import static dev.gatehouse.gateway.authorization.Asking.tokenOf;
import static dev.gatehouse.gateway.authorization.DecisionsTest.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authorization.NestingSettings.AncestorAccess;
import dev.gatehouse.gateway.authorization.NestingSettings.DescendantAccess;
import dev.gatehouse.gateway.trust.Anchor;
import dev.gatehouse.gateway.trust.Issuer;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspensionTest {

  private static final String ISSUER = "https://login.example/";
  private static final NestingSettings OPEN =
      new NestingSettings(AncestorAccess.FULL, DescendantAccess.READ, true);

  private static final PublicKey KEY = key();
  private static final Trust TRUST =
      TrustBuilder.trust()
          .tenants("aa", "aa:bb", "aa:bb:cc", "aa:dd", "acme")
          .anchor(KEY, "aa")
          .issuer(ISSUER, issuer -> issuer.maySpeakFor("aa"))
          .build();

  @ParameterizedTest(name = "{0} asks for {1} while {2} is suspended: {3}")
  @CsvSource({
    "aa:bb:cc, aa:bb:cc, aa:bb:cc, tenant_suspended",
    "aa:bb:cc, aa:bb:cc, aa:bb,    tenant_suspended",
    "aa:bb:cc, aa:bb:cc, aa,       tenant_suspended",
    "aa:bb:cc, aa:bb:cc, aa:dd,    aa:bb:cc",
    "aa:bb:cc, aa:bb:cc, acme,     aa:bb:cc",
    "aa:bb,    aa:bb,    aa:bb:cc, aa:bb",
    "aa:bb:cc, aa,       aa:bb:cc, tenant_suspended",
    "aa:bb:cc, aa,       aa:bb,    tenant_suspended",
    "aa:bb:cc, aa,       aa,       tenant_suspended",
    "aa:bb:cc, aa,       aa:dd,    aa",
    "aa,       aa:bb:cc, aa:bb,    tenant_suspended",
    "aa,       aa:bb:cc, aa:bb:cc, tenant_suspended",
    "aa,       aa:bb:cc, aa:dd,    aa:bb:cc",
    "aa,       _,        aa,       tenant_suspended",
    "*,        aa:bb,    aa,       tenant_suspended",
    "*,        aa:bb,    aa:bb,    tenant_suspended",
    "*,        acme,     aa,       acme",
  })
  void whoeverIsOnThePathOfTokenOrRequestStopsIt(
      String token, String requested, String suspended, String expected) {
    Trust trust = TrustBuilder.from(TRUST).suspended(suspended).build();

    assertThat(outcome(tokenOf(token).at(requested).decide(trust, OPEN))).isEqualTo(expected);
  }

  @Test
  void theOwnerOfTheSigningKeyStopsItToo() {
    Anchor anchor = TRUST.anchors().byKid(TrustBuilder.thumbprint(KEY).value()).get(0);
    Trust suspended = TrustBuilder.from(TRUST).suspended("aa").build();

    // No such pair of owner and tenant passes verification; here the owner alone must be enough.
    assertThat(outcome(tokenOf("acme").signedBy(anchor).decide(TRUST))).isEqualTo("acme");
    assertThat(outcome(tokenOf("acme").signedBy(anchor).decide(suspended)))
        .isEqualTo("tenant_suspended");
  }

  @Test
  void theOwnerOfTheIssuerStopsItToo() {
    Issuer issuer = TRUST.issuers().byUrl(ISSUER).get(0);
    Trust suspended = TrustBuilder.from(TRUST).suspended("aa").build();

    assertThat(outcome(tokenOf("acme").issuedBy(issuer).decide(TRUST))).isEqualTo("acme");
    assertThat(outcome(tokenOf("acme").issuedBy(issuer).decide(suspended)))
        .isEqualTo("tenant_suspended");
  }

  @Test
  void aKeyWhoseOwnerIsRegisteredNoLongerIsUnknown() {
    Anchor anchor = TRUST.anchors().byKid(TrustBuilder.thumbprint(KEY).value()).get(0);
    Trust gone = TrustBuilder.from(TRUST).withoutTenant(TrustBuilder.idOf("aa")).build();

    assertThat(outcome(tokenOf("aa:bb").signedBy(anchor).decide(gone))).isEqualTo("key_unknown");
    assertThat(outcome(tokenOf("aa:bb").signedBy(anchor).decide(TRUST))).isEqualTo("aa:bb");
  }

  @Test
  void aKeyOfEverybodyHasNoOwnerThatCouldStopIt() {
    Trust trust = TrustBuilder.from(TRUST).anchor(KEY, "*").suspended("aa").build();
    Anchor anchor =
        trust.anchors().byKid(TrustBuilder.thumbprint(KEY).value()).stream()
            .filter(a -> a.owner().top().isEmpty())
            .findFirst()
            .orElseThrow();

    assertThat(outcome(tokenOf("acme").signedBy(anchor).decide(trust))).isEqualTo("acme");
  }

  @Test
  void aUserOfTwoTenantsKeepsTheOneWhenTheOtherIsSuspended() {
    Trust trust = TrustBuilder.from(TRUST).suspended("aa").build();

    assertThat(outcome(tokenOf("aa,acme").at("acme").decide(trust))).isEqualTo("acme");
    assertThat(outcome(tokenOf("aa,acme").at("aa").decide(trust))).isEqualTo("tenant_suspended");
  }

  @Test
  void suspensionReachesAllThatIsNestedAndNothingElse() {
    Trust trust = TrustBuilder.from(TRUST).suspended("aa:bb").build();

    assertThat(Suspension.reaches(new TenantId("aa:bb"), trust.tenants())).isTrue();
    assertThat(Suspension.reaches(new TenantId("aa:bb:cc"), trust.tenants())).isTrue();
    assertThat(Suspension.reaches(new TenantId("aa"), trust.tenants())).isFalse();
    assertThat(Suspension.reaches(new TenantId("aa:dd"), trust.tenants())).isFalse();
  }

  private static PublicKey key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
