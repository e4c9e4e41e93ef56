package dev.gatehouse.gateway.authorization;

import static dev.gatehouse.gateway.authorization.Asking.tokenOf;
import static dev.gatehouse.gateway.authorization.DecisionsTest.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authorization.NestingSettings.AncestorAccess;
import dev.gatehouse.gateway.authorization.NestingSettings.DescendantAccess;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of several tenants at once, by the table of design §4.4. */
class FederationTest {

  private static final Trust TRUST =
      TrustBuilder.trust()
          .tenants("acme", "acme:pay", "acme:pay:eu", "other")
          .suspended("stopped")
          .tenants("stopped:below")
          .build();
  private static final NestingSettings CHILDREN =
      new NestingSettings(AncestorAccess.NONE, DescendantAccess.READ, false);
  private static final NestingSettings DEFAULT_TOO =
      new NestingSettings(AncestorAccess.NONE, DescendantAccess.NONE, true);

  @ParameterizedTest(name = "{0} asks for {1}: {2} is charged, the backend is told {3}")
  @CsvSource({
    "'acme,other',     acme|other,           acme, acme|other",
    "'acme,other',     other|acme,           acme, acme|other",
    "'acme,other',     other|acme|other,     acme, acme|other",
    "'acme,other',     acme|acme,            acme, acme",
    "acme,             acme|acme,            acme, acme",
    "'other,acme:pay', acme:pay|other,       acme:pay, acme.pay|other",
    "*,                acme|other,           _, acme|other",
    "*,                acme|_,               _, _|acme",
    "*,                acme:pay|acme|other,  _, acme|acme.pay|other",
  })
  void tenantsThatTheTokenMayReadAreAskedTogether(
      String token, String header, String charged, String told) {
    assertThat(asking(token, header).decide(TRUST))
        .isInstanceOfSatisfying(
            Decision.Allowed.class,
            allowed -> {
              assertThat(allowed.actsAs()).hasToString(charged);
              assertThat(allowed.orgId()).isEqualTo(told);
              assertThat(allowed.federated()).isNotEmpty();
            });
  }

  @ParameterizedTest(name = "{0} asks for {1}: {2}")
  @CsvSource({
    "acme,         acme|other,            tenant_mismatch",
    "acme,         other|acme,            tenant_mismatch",
    "acme,         acme|nobody,           tenant_mismatch",
    "acme,         acme|acme:pay,         tenant_mismatch",
    "acme:pay,     acme|acme:pay,         tenant_mismatch",
    "acme,         acme|stopped,          tenant_mismatch",
    "acme,         acme|*,                tenant_mismatch",
    "*,            acme|*,                tenant_mismatch",
    "acme,         acme|_,                tenant_mismatch",
    "*,            acme|nobody,           tenant_unknown",
    "*,            acme|stopped,          tenant_suspended",
    "*,            acme|stopped:below,    tenant_suspended",
    "*,            nobody|stopped,        tenant_unknown",
    "'acme,gone',  acme|gone,             tenant_unknown",
    "'acme,gone',  acme|other|gone,       tenant_mismatch",
    "'acme,stopped', acme|stopped,        tenant_suspended",
    "acme,         acme|,                 header_refused",
    "acme,         |acme,                 header_refused",
    "acme,         acme||acme,            header_refused",
    "acme,         |,                     header_refused",
    "acme,         'acme| acme',          tenant_name_invalid",
    "acme,         'acme |acme',          tenant_name_invalid",
    "acme,         acme|ACME,             tenant_name_invalid",
    "acme,         acme|acme.pay,         tenant_name_invalid",
    "acme,         acme|a%7Cb,            tenant_name_invalid",
    "acme,         'acme|acme,other',     tenant_name_invalid",
  })
  void oneNameThatIsNotTheirsRefusesAll(String token, String header, String code) {
    assertThat(outcome(asking(token, header).decide(TRUST))).isEqualTo(code);
  }

  @Test
  void aForeignNameIsAnsweredAlikeWhetherItExistsOrNot() {
    assertThat(asking("acme", "acme|other").decide(TRUST))
        .isEqualTo(asking("acme", "acme|nobody").decide(TRUST))
        .isEqualTo(asking("acme", "nobody|other|stopped").decide(TRUST));
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "false, false"})
  void apiAndOperationMustBothAllowIt(boolean api, boolean operation) {
    Decision decision = asking("*", "acme|other").federating(api, operation).decide(TRUST);

    assertThat(outcome(decision)).isEqualTo("header_refused");
    assertThat(((Decision.Refused) decision).detail()).contains("takes exactly one");
  }

  @ParameterizedTest
  @EnumSource(value = OperationClass.class, mode = EnumSource.Mode.EXCLUDE, names = "READ")
  void everythingElseThanReadingTakesOne(OperationClass kind) {
    assertThat(outcome(asking("*", "acme|other").to(kind).federating(true, false).decide(TRUST)))
        .isEqualTo("header_refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "other", "acme:pay"})
  void hostsOfTenantsAndTheirPathsTakeOne(String host) {
    assertThat(outcome(asking("*", "acme|other").at(host).decide(TRUST)))
        .isEqualTo("header_refused");
    assertThat(outcome(asking("*", host + "|" + host).at(host).decide(TRUST)))
        .isEqualTo("header_refused");
  }

  @Test
  void twoHeadersAreNotAList() {
    assertThat(outcome(asking("*", "acme|other").tenantIds("acme", "other").decide(TRUST)))
        .isEqualTo("header_refused");
    assertThat(outcome(asking("*", "x").tenantIds("acme|other", "acme|other").decide(TRUST)))
        .isEqualTo("header_refused");
  }

  @ParameterizedTest
  @CsvSource({"64, _", "65, header_refused"})
  void atMost64AreAskedAtOnce(int count, String expected) {
    List<String> names = IntStream.range(0, count).mapToObj(i -> "team" + i).toList();
    Trust trust = TrustBuilder.trust().tenants(names.toArray(String[]::new)).build();

    assertThat(outcome(asking("*", String.join("|", names)).decide(trust))).isEqualTo(expected);
  }

  @Test
  void theSameNameManyTimesIsOne() {
    String header = IntStream.range(0, 100).mapToObj(i -> "acme").collect(Collectors.joining("|"));

    assertThat(outcome(asking("acme", header).decide(TRUST))).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource({
    "acme,     acme|acme:pay|acme:pay:eu, acme",
    "acme,     acme:pay|acme:pay:eu,      acme",
    "acme:pay, acme:pay|acme:pay:eu,      acme:pay",
    "acme:pay, acme|acme:pay,             tenant_mismatch",
    "acme,     acme|acme:pay|other,       tenant_mismatch",
    "acme,     acme|acme:unknown,         tenant_unknown",
  })
  void childrenAreAskedWithTheirParentWhereItReadsThem(
      String token, String header, String expected) {
    assertThat(outcome(asking(token, header).decide(TRUST, CHILDREN))).isEqualTo(expected);
  }

  @Test
  void theDefaultTenantIsAskedAlongWhereEverybodyReadsIt() {
    assertThat(outcome(asking("acme", "acme|_").decide(TRUST, DEFAULT_TOO))).isEqualTo("acme");
    assertThat(outcome(asking("acme", "acme|_").decide(TRUST))).isEqualTo("tenant_mismatch");
  }

  @ParameterizedTest
  @CsvSource({
    "cortex:read, acme",
    "*:read, acme",
    "loki:read, scope_insufficient",
    "cortex:write, scope_insufficient",
  })
  void scopesCountAsEver(String scope, String expected) {
    assertThat(outcome(asking("acme,other", "acme|other").scopes(scope).decide(TRUST)))
        .isEqualTo(expected);
  }

  @Test
  void anApiThatListsItsTenantsServesNobodyElse() {
    assertThat(outcome(asking("*", "acme|other").apiServing("acme", "other").decide(TRUST)))
        .isEqualTo("_");
    assertThat(outcome(asking("*", "acme|other").apiServing("acme").decide(TRUST)))
        .isEqualTo("tenant_mismatch");
  }

  @ParameterizedTest
  @CsvSource({
    "acme|other, acme",
    "other|acme, acme",
    "acme, tenant_mismatch",
    "acme|other|stopped, tenant_mismatch",
    "acme | other, tenant_mismatch",
    "'', tenant_mismatch",
  })
  void theirOwnTenantHeaderMustMeanTheSame(String orgIds, String expected) {
    assertThat(outcome(asking("acme,other", "acme|other").orgIds(orgIds).decide(TRUST)))
        .isEqualTo(expected);
  }

  @Test
  void organisationsOfRegistrationsAreToldInTheirOrder() {
    Trust trust =
        TrustBuilder.trust()
            .tenants("zz")
            .tenant(
                new Tenant(
                    UUID.randomUUID(),
                    new TenantId("adopted"),
                    new OrgId("zzz-Team"),
                    false,
                    Optional.empty()))
            .build();

    assertThat(asking("*", "adopted|zz").decide(trust))
        .isInstanceOfSatisfying(
            Decision.Allowed.class,
            allowed -> assertThat(allowed.orgId()).isEqualTo("zz|zzz-Team"));
  }

  @Test
  void whoSpeaksForSeveralPaysAsTheFirstThatMay() {
    Decision decision = asking("stopped,acme:pay,acme", "acme|acme:pay").decide(TRUST);

    assertThat(outcome(decision)).isEqualTo("acme");
    assertThat(((Decision.Allowed) decision).username()).isPresent();
  }

  private static Asking asking(String token, String header) {
    return tokenOf(token).tenantIds(header).federating(true, true);
  }
}
