package dev.gatehouse.gateway.authorization;

import static dev.gatehouse.gateway.authorization.Asking.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authorization.NestingSettings.AncestorAccess;
import dev.gatehouse.gateway.authorization.NestingSettings.DescendantAccess;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionsTest {

  private static final Trust TRUST =
      TrustBuilder.trust().tenants("acme", "acme:pay", "other", "aa", "aa:bb", "aa:bb:cc").build();

  /** The table of design §4.4, row by row; "-" is a request that names no tenant. */
  @ParameterizedTest(name = "{0} asks for {1}: reads {2}, writes {3}")
  @CsvSource({
    "acme,     -,        acme,            acme",
    "acme,     acme,     acme,            acme",
    "acme,     other,    tenant_mismatch, tenant_mismatch",
    "acme,     acme:pay, tenant_mismatch, tenant_mismatch",
    "aa:bb:cc, -,        aa:bb:cc,        aa:bb:cc",
    "aa:bb:cc, aa:bb:cc, aa:bb:cc,        aa:bb:cc",
    "aa:bb:cc, aa:bb,    tenant_mismatch, tenant_mismatch",
    "aa:bb:cc, aa,       tenant_mismatch, tenant_mismatch",
    "aa:bb:cc, _,        tenant_mismatch, tenant_mismatch",
    "*,        acme,     acme,            acme",
    "*,        -,        _,               tenant_required",
    "acme,     *,        tenant_mismatch, tenant_mismatch",
    "aa:bb:cc, *,        tenant_mismatch, tenant_mismatch",
    "*,        *,        tenant_mismatch, tenant_mismatch",
  })
  void theTableOfTheDesignHolds(String token, String requested, String reads, String writes) {
    assertThat(outcome(asking(token, requested).decide(TRUST))).isEqualTo(reads);
    for (OperationClass kind : OperationClass.values()) {
      if (kind != OperationClass.READ) {
        assertThat(outcome(asking(token, requested).to(kind).decide(TRUST)))
            .as("%s", kind)
            .isEqualTo(writes);
      }
    }
  }

  @ParameterizedTest(name = "ancestors {0}, descendants {1}, default {2}: {3} asks for {4}")
  @CsvSource({
    "NONE, NONE, false, aa:bb:cc, aa:bb,    tenant_mismatch, tenant_mismatch",
    "READ, NONE, false, aa:bb:cc, aa:bb,    aa:bb,           tenant_mismatch",
    "READ, NONE, false, aa:bb:cc, aa,       aa,              tenant_mismatch",
    "FULL, NONE, false, aa:bb:cc, aa:bb,    aa:bb,           aa:bb",
    "FULL, NONE, false, aa:bb:cc, aa,       aa,              aa",
    "FULL, NONE, false, aa:bb:cc, _,        tenant_mismatch, tenant_mismatch",
    "FULL, NONE, false, aa:bb:cc, other,    tenant_mismatch, tenant_mismatch",
    "FULL, NONE, false, aa,       aa:bb,    tenant_mismatch, tenant_mismatch",
    "FULL, READ, true,  aa:bb:cc, acme,     tenant_mismatch, tenant_mismatch",
    "NONE, READ, false, aa,       aa:bb,    aa:bb,           tenant_mismatch",
    "NONE, READ, false, aa,       aa:bb:cc, aa:bb:cc,        tenant_mismatch",
    "NONE, READ, false, aa:bb,    aa,       tenant_mismatch, tenant_mismatch",
    "NONE, READ, false, acme,     aa:bb,    tenant_mismatch, tenant_mismatch",
    "NONE, NONE, true,  acme,     _,        _,               tenant_mismatch",
    "NONE, NONE, true,  aa:bb:cc, _,        _,               tenant_mismatch",
    "FULL, READ, true,  acme,     _,        _,               tenant_mismatch",
    "NONE, NONE, true,  acme,     other,    tenant_mismatch, tenant_mismatch",
  })
  void settingsOpenRelativesAndNobodyElse(
      AncestorAccess ancestors,
      DescendantAccess descendants,
      boolean defaultReadable,
      String token,
      String requested,
      String reads,
      String writes) {
    NestingSettings settings = new NestingSettings(ancestors, descendants, defaultReadable);

    assertThat(outcome(asking(token, requested).decide(TRUST, settings))).isEqualTo(reads);
    assertThat(outcome(asking(token, requested).to(OperationClass.WRITE).decide(TRUST, settings)))
        .isEqualTo(writes);
  }

  @ParameterizedTest
  @CsvSource({
    "acme, acme, acme",
    "acme, other, tenant_mismatch",
    "other, acme, tenant_mismatch",
    "acme, nowhere, tenant_mismatch",
    "nowhere, acme, tenant_mismatch",
  })
  void hostAndHeaderMustAgree(String host, String header, String expected) {
    assertThat(outcome(tokenOf("acme").at(host).tenantIds(header).decide(TRUST)))
        .isEqualTo(expected);
  }

  @Test
  void hostAndHeaderMustAgreeForWhoMayEverything() {
    assertThat(outcome(tokenOf("*").at("acme").tenantIds("other").decide(TRUST)))
        .isEqualTo("tenant_mismatch");
    assertThat(outcome(tokenOf("*").at("acme").tenantIds("acme").decide(TRUST))).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource({
    "acme|other, header_refused",
    "acme|acme, header_refused",
    "'', tenant_name_invalid",
    "ACME, tenant_name_invalid",
    "acme.pay, tenant_name_invalid",
    "'acme,other', tenant_name_invalid",
    "' acme', tenant_name_invalid",
  })
  void aTenantHeaderNamesExactlyOneTenant(String header, String expected) {
    assertThat(outcome(tokenOf("*").tenantIds(header).decide(TRUST))).isEqualTo(expected);
    assertThat(outcome(tokenOf("acme").tenantIds(header).decide(TRUST))).isEqualTo(expected);
  }

  @Test
  void aTenantHeaderComesOnce() {
    assertThat(outcome(tokenOf("acme").tenantIds("acme", "acme").decide(TRUST)))
        .isEqualTo("header_refused");
  }

  @Test
  void aTokenOfSeveralTenantsMustSayWhich() {
    assertThat(outcome(tokenOf("acme,other").decide(TRUST))).isEqualTo("tenant_required");
    assertThat(outcome(tokenOf("acme,other").at("other").decide(TRUST))).isEqualTo("other");
    assertThat(outcome(tokenOf("acme,other").tenantIds("acme").decide(TRUST))).isEqualTo("acme");
    assertThat(outcome(tokenOf("acme,other").at("aa").decide(TRUST))).isEqualTo("tenant_mismatch");
  }

  @Test
  void whoMayEverythingMayWriteTheDefaultTenantOnlyBySayingSo() {
    Asking operator = tokenOf("*").to(OperationClass.WRITE);

    assertThat(outcome(operator.decide(TRUST))).isEqualTo("tenant_required");
    assertThat(outcome(operator.tenantIds("_").decide(TRUST))).isEqualTo("_");
  }

  @Test
  void theDefaultTenantReadsAndWritesItself() {
    assertThat(outcome(tokenOf("_").decide(TRUST))).isEqualTo("_");
    assertThat(outcome(tokenOf("_").to(OperationClass.WRITE).decide(TRUST))).isEqualTo("_");
    assertThat(outcome(tokenOf("_").at("acme").decide(TRUST))).isEqualTo("tenant_mismatch");
  }

  @Test
  void anUnrelatedNameIsAMismatchWhetherItExistsOrNot() {
    Decision existing = tokenOf("acme").at("other").decide(TRUST);
    Decision missing = tokenOf("acme").at("nowhere").decide(TRUST);
    Decision suspended =
        tokenOf("acme").at("other").decide(TrustBuilder.from(TRUST).suspended("other").build());

    assertThat(outcome(existing)).isEqualTo("tenant_mismatch");
    assertThat(missing).isEqualTo(existing);
    assertThat(suspended).isEqualTo(existing);
  }

  @Test
  void aRelativeThatIsClosedIsAMismatchWhetherItExistsOrNot() {
    assertThat(tokenOf("acme").at("acme:nothing").decide(TRUST))
        .isEqualTo(tokenOf("acme").at("acme:pay").decide(TRUST));
    assertThat(tokenOf("aa:bb").at("aa").decide(TrustBuilder.trust().build()))
        .isEqualTo(tokenOf("aa:bb").at("aa").decide(TRUST));
  }

  @Test
  void anUnknownTenantIsToldToThoseWhoAreRelatedToIt() {
    NestingSettings open = new NestingSettings(AncestorAccess.READ, DescendantAccess.READ, false);

    assertThat(outcome(tokenOf("nowhere").decide(TRUST))).isEqualTo("tenant_unknown");
    assertThat(outcome(tokenOf("*").at("nowhere").decide(TRUST))).isEqualTo("tenant_unknown");
    assertThat(outcome(tokenOf("acme").at("acme:nothing").decide(TRUST, open)))
        .isEqualTo("tenant_unknown");
    assertThat(outcome(tokenOf("acme:nothing").at("acme").decide(TRUST, open)))
        .isEqualTo("tenant_unknown");
    assertThat(outcome(tokenOf("acme:pay").at("acme").decide(TRUST, open))).isEqualTo("acme");
  }

  @ParameterizedTest
  @EnumSource
  void eachClassNeedsItsOwnScope(OperationClass kind) {
    for (String scope : new String[] {"cortex:" + kind.access(), "*:" + kind.access()}) {
      assertThat(outcome(tokenOf("acme").to(kind).scopes(scope).decide(TRUST))).isEqualTo("acme");
      for (OperationClass other : OperationClass.values()) {
        assertThat(outcome(tokenOf("acme").to(other).scopes(scope).decide(TRUST)))
            .isEqualTo(other == kind ? "acme" : "scope_insufficient");
      }
    }
    assertThat(outcome(tokenOf("acme").to(kind).scopes("loki:" + kind.access()).decide(TRUST)))
        .isEqualTo("scope_insufficient");
    assertThat(outcome(tokenOf("*").at("acme").to(kind).scopes("keys:all").decide(TRUST)))
        .isEqualTo("scope_insufficient");
  }

  @Test
  void theDefaultScopesOfATokenReadAndWriteOnly() {
    Asking token = tokenOf("acme").scopes("*:read", "*:write");

    assertThat(outcome(token.to(OperationClass.READ).decide(TRUST))).isEqualTo("acme");
    assertThat(outcome(token.to(OperationClass.WRITE).decide(TRUST))).isEqualTo("acme");
    assertThat(outcome(token.to(OperationClass.RULES).decide(TRUST)))
        .isEqualTo("scope_insufficient");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "ACME", "", "acme|other", "acme,acme", " acme", "*"})
  void aBackendsTenantHeaderThatNamesAnotherIsRefused(String orgId) {
    assertThat(outcome(tokenOf("acme").orgIds(orgId).decide(TRUST))).isEqualTo("tenant_mismatch");
    assertThat(outcome(tokenOf("acme").orgIds("acme", orgId).decide(TRUST)))
        .isEqualTo("tenant_mismatch");
    assertThat(outcome(tokenOf("*").at("acme").orgIds(orgId).decide(TRUST)))
        .isEqualTo("tenant_mismatch");
  }

  @Test
  void aBackendsTenantHeaderMayNameTheOrganisationThatIsActedAs() {
    assertThat(outcome(tokenOf("acme:pay").orgIds("acme.pay").decide(TRUST))).isEqualTo("acme:pay");
    assertThat(outcome(tokenOf("acme:pay").orgIds("acme:pay").decide(TRUST)))
        .isEqualTo("tenant_mismatch");
  }

  @Test
  void anApiThatListsItsTenantsServesNobodyElse() {
    assertThat(outcome(tokenOf("acme").apiServing("acme").decide(TRUST))).isEqualTo("acme");
    assertThat(outcome(tokenOf("other").apiServing("acme").decide(TRUST)))
        .isEqualTo("tenant_mismatch");
    assertThat(outcome(tokenOf("acme:pay").apiServing("acme").decide(TRUST)))
        .isEqualTo("tenant_mismatch");
    assertThat(outcome(tokenOf("*").apiServing("acme").decide(TRUST))).isEqualTo("tenant_mismatch");
    assertThat(outcome(tokenOf("*").at("acme").apiServing("acme").decide(TRUST))).isEqualTo("acme");
  }

  @Test
  void theBackendIsToldTheOrganisationOfTheRegistration() {
    UUID id = UUID.randomUUID();
    TenantId name = new TenantId("adopted");
    Trust trust =
        TrustBuilder.trust()
            .tenant(new Tenant(id, name, new OrgId("TeamA"), false, Optional.empty()))
            .build();

    Decision decision = tokenOf("adopted").orgIds("TeamA").decide(trust);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Allowed.class,
            allowed -> {
              assertThat(allowed.actsAs()).isEqualTo(name);
              assertThat(allowed.orgId()).isEqualTo("TeamA");
              assertThat(allowed.registration()).isEqualTo(id);
            });
    assertThat(outcome(tokenOf("adopted").orgIds("adopted").decide(trust)))
        .isEqualTo("tenant_mismatch");
  }

  @ParameterizedTest
  @CsvSource({
    "acme, -, alice",
    "acme, acme, alice",
    "'acme,other', other, alice",
    "*, -, alice",
    "*, acme, ''",
    "*, _, ''",
    "aa:bb, aa, ''",
    "acme, acme:pay, ''",
    "acme, _, ''",
  })
  void aUserIsSomebodyInTheirOwnTenantOnly(String token, String requested, String user) {
    NestingSettings open = new NestingSettings(AncestorAccess.READ, DescendantAccess.READ, true);

    assertThat(asking(token, requested).decide(TRUST, open))
        .isInstanceOfSatisfying(
            Decision.Allowed.class,
            allowed ->
                assertThat(allowed.username().map(Object::toString).orElse("")).isEqualTo(user));
  }

  @Test
  void detailsNeverHoldANameThatTheSenderDidNotSend() {
    Decision.Refused refused = (Decision.Refused) tokenOf("acme").orgIds("guess").decide(TRUST);

    assertThat(refused.detail()).doesNotContain("acme").doesNotContain("guess");
  }

  private static Asking asking(String token, String requested) {
    return requested.equals("-") ? tokenOf(token) : tokenOf(token).tenantIds(requested);
  }

  static String outcome(Decision decision) {
    return decision instanceof Decision.Allowed allowed
        ? allowed.actsAs().value()
        : ((Decision.Refused) decision).code().code();
  }
}
