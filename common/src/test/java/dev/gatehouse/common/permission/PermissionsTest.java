package dev.gatehouse.common.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.common.name.Username;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {

  private static final UUID ISSUER = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHER_ISSUER = UUID.fromString("00000000-0000-4000-8000-000000000002");

  /** The column "may manage" of the table in the design, and what one sees of tenants. */
  @ParameterizedTest(name = "{0} and the tenant {1}")
  @CsvSource({
    // token's tenant, target, see, add, change, remove
    "acme,     acme,         allowed,   not_allowed, not_allowed, not_allowed",
    "acme,     acme:pay,     allowed,   allowed,     allowed,     allowed",
    "acme,     other,        hidden,    not_allowed, hidden,      hidden",
    "acme,     acme-x,       hidden,    not_allowed, hidden,      hidden",
    "acme,     _,            hidden,    not_allowed, hidden,      hidden",
    "aa:bb:cc, aa:bb:cc,     allowed,   not_allowed, not_allowed, not_allowed",
    "aa:bb:cc, aa:bb:cc:dd,  allowed,   allowed,     allowed,     allowed",
    "aa:bb:cc, aa:bb,        name only, not_allowed, not_allowed, not_allowed",
    "aa:bb:cc, aa,           name only, not_allowed, not_allowed, not_allowed",
    "aa:bb:cc, aa:bb:dd,     hidden,    not_allowed, hidden,      hidden",
    "aa:bb:cc, _,            hidden,    not_allowed, hidden,      hidden",
    "*,        acme,         allowed,   allowed,     allowed,     allowed",
    "*,        acme:pay,     allowed,   allowed,     allowed,     allowed",
    "*,        _,            allowed,   allowed,     allowed,     allowed",
    "_,        _,            allowed,   not_allowed, not_allowed, not_allowed",
    "_,        acme,         hidden,    not_allowed, hidden,      hidden",
  })
  void tenantsAreManagedByThoseAboveThem(
      String reach, String target, String see, String add, String change, String remove) {
    Caller caller = caller(reach, "tenants:write");

    assertVerdicts(caller, new Target.OfTenant(new TenantId(target)), see, add, change, remove);
  }

  @ParameterizedTest(name = "{0} and what {1} owns")
  @CsvSource({
    // token's tenant, owner, see, add, change, remove
    "acme,     acme,        allowed, allowed,         allowed,     allowed",
    "acme,     acme:pay,    allowed, allowed,         allowed,     allowed",
    "acme,     other,       hidden,  tenant_mismatch, hidden,      hidden",
    "acme,     acme-x,      hidden,  tenant_mismatch, hidden,      hidden",
    "acme,     _,           hidden,  tenant_mismatch, hidden,      hidden",
    "acme,     *,           hidden,  owner_refused,   hidden,      hidden",
    "aa:bb:cc, aa:bb:cc,    allowed, allowed,         allowed,     allowed",
    "aa:bb:cc, aa:bb:cc:dd, allowed, allowed,         allowed,     allowed",
    "aa:bb:cc, aa:bb,       hidden,  tenant_mismatch, hidden,      hidden",
    "aa:bb:cc, aa,          hidden,  tenant_mismatch, hidden,      hidden",
    "aa:bb:cc, aa:bb:dd,    hidden,  tenant_mismatch, hidden,      hidden",
    "aa:bb:cc, _,           hidden,  tenant_mismatch, hidden,      hidden",
    "*,        acme,        allowed, allowed,         allowed,     allowed",
    "*,        *,           allowed, allowed,         allowed,     allowed",
    "*,        _,           allowed, allowed,         allowed,     allowed",
    "_,        _,           allowed, not_allowed,     not_allowed, not_allowed",
    "_,        *,           hidden,  owner_refused,   hidden,      hidden",
  })
  void keysIssuersAndRevocationsAreManagedByTheirOwnerAndThoseAbove(
      String reach, String owner, String see, String add, String change, String remove) {
    Caller caller = caller(reach, "keys:write issuers:write");
    Reach of = Reach.parse(owner);

    assertVerdicts(caller, key(of), see, add, change, remove);
    assertVerdicts(caller, new Target.OfIssuer(of), see, add, change, remove);
    assertVerdicts(caller, new Target.OfRevocation(of), see, add, change, remove);
  }

  @ParameterizedTest(name = "{0} with {1} and the key of alice")
  @CsvSource(
      nullValues = "-",
      value = {
        // reach, scopes, user, issuer, see, add, change, remove
        "acme,     keys:write,          alice, 1, allowed, allowed,         allowed, allowed",
        "acme,     keys:write,          alice, 2, hidden,  not_allowed,     hidden,  hidden",
        "acme,     keys:write,          bob,   1, hidden,  not_allowed,     hidden,  hidden",
        "acme,     keys:write,          -,     1, hidden,  not_allowed,     hidden,  hidden",
        "acme,     keys:write,          alice, -, hidden,  not_allowed,     hidden,  hidden",
        "acme,     keys:write keys:all, bob,   1, allowed, not_allowed,     allowed, allowed",
        "acme,     keys:write keys:all, -,     -, allowed, not_allowed,     allowed, allowed",
        "*,        keys:write,          bob,   1, hidden,  not_allowed,     hidden,  hidden",
        "*,        keys:write keys:all, -,     -, allowed, not_allowed,     allowed, allowed",
        "other,    keys:write keys:all, alice, 1, hidden,  tenant_mismatch, hidden,  hidden",
        "acme:pay, keys:write keys:all, alice, 1, hidden,  tenant_mismatch, hidden,  hidden",
      })
  void aPersonalKeyIsForItsUserAndForThoseWhoHoldKeysAll(
      String reach,
      String scopes,
      String user,
      String issuer,
      String see,
      String add,
      String change,
      String remove) {
    Caller caller = caller(reach, scopes, Optional.ofNullable(user), issuer(issuer));
    Target key =
        new Target.OfKey(
            Reach.parse("acme"), Optional.of(new UserId(ISSUER, new Username("alice"))));

    assertVerdicts(caller, key, see, add, change, remove);
  }

  @ParameterizedTest(name = "{0} and entries about {1}")
  @CsvSource({
    "acme,     acme,     allowed",
    "acme,     acme:pay, allowed",
    "acme:pay, acme,     hidden",
    "acme,     other,    hidden",
    "acme,     *,        hidden",
    "*,        acme,     allowed",
    "*,        *,        allowed",
  })
  void theAuditIsReadByThoseWhomItIsAboutAndThoseAbove(String reach, String about, String see) {
    Target target = new Target.OfAudit(Reach.parse(about));

    assertVerdicts(
        caller(reach, "audit:read"), target, see, "not_allowed", "not_allowed", "not_allowed");
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({
    "*,    tenants:write, allowed,            allowed",
    "*,    tenants:read,  allowed,            scope_insufficient",
    "*,    keys:write,    scope_insufficient, scope_insufficient",
    "acme, tenants:write, not_allowed,        not_allowed",
    "_,    tenants:write, not_allowed,        not_allowed",
  })
  void whatConcernsEveryTenantIsForOperators(
      String reach, String scopes, String see, String others) {
    assertVerdicts(caller(reach, scopes), new Target.OfInstance(), see, others, others, others);
  }

  @ParameterizedTest(name = "with {0}")
  @CsvSource(
      nullValues = "-",
      value = {
        // scopes, tenants, keys, issuers, revocations, audit: each as see/others
        "-,                  no/no,   no/no,   no/no,   no/no,   no/no",
        "tenants:read,       yes/no,  no/no,   no/no,   no/no,   no/no",
        "tenants:write,      yes/yes, no/no,   no/no,   no/no,   no/no",
        "keys:read,          no/no,   yes/no,  no/no,   yes/no,  no/no",
        "keys:write,         no/no,   yes/yes, no/no,   yes/yes, no/no",
        "keys:all,           no/no,   no/no,   no/no,   no/no,   no/no",
        "issuers:read,       no/no,   no/no,   yes/no,  no/no,   no/no",
        "issuers:write,      no/no,   no/no,   yes/yes, no/no,   no/no",
        "audit:read,         no/no,   no/no,   no/no,   no/no,   yes/yes",
        "*:read *:write,     no/no,   no/no,   no/no,   no/no,   no/no",
      })
  void aScopeIsNeededForEachKindAndWriteImpliesRead(
      String scopes,
      String tenants,
      String keys,
      String issuers,
      String revocations,
      String audit) {
    Caller caller = caller("*", scopes);

    assertScope(caller, new Target.OfTenant(new TenantId("acme")), tenants);
    assertScope(caller, key(Reach.parse("acme")), keys);
    assertScope(caller, new Target.OfIssuer(Reach.parse("acme")), issuers);
    assertScope(caller, new Target.OfRevocation(Reach.parse("acme")), revocations);
    assertScope(caller, new Target.OfAudit(Reach.parse("acme")), audit);
  }

  @Test
  void whatIsHiddenIsAnsweredAsTheCallerSays() {
    NotFound hidden = new NotFound(ErrorCode.KEY_NOT_FOUND, "There is no such key");
    Target foreign = key(Reach.parse("other"));

    assertThatThrownBy(
            () ->
                Permissions.require(
                    caller("acme", "keys:write"), Act.REMOVE, foreign, () -> hidden))
        .isSameAs(hidden);
  }

  @Test
  void whatIsDeniedIsForbidden() {
    assertThatThrownBy(
            () ->
                Permissions.require(
                    caller("acme", "tenants:write"),
                    Act.REMOVE,
                    new Target.OfTenant(new TenantId("acme")),
                    () -> new NotFound(ErrorCode.TENANT_UNKNOWN, "No")))
        .isInstanceOfSatisfying(
            Forbidden.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_ALLOWED));
  }

  @Test
  void theNameOfATenantAboveIsToBeSeen() {
    Verdict verdict =
        Permissions.require(
            caller("acme:pay", "tenants:read"),
            Act.SEE,
            new Target.OfTenant(new TenantId("acme")),
            () -> new NotFound(ErrorCode.TENANT_UNKNOWN, "No"));

    assertThat(verdict).isEqualTo(new Verdict.NameOnly());
  }

  @Test
  void nobodyGrantsScopesThatTheyLack() {
    Caller caller = caller("acme", "keys:write *:read");

    assertThatCode(
            () ->
                Permissions.requireGrantable(
                    caller, Set.of(new Scope("cortex:read"), new Scope("keys:write"))))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                Permissions.requireGrantable(
                    caller,
                    Set.of(
                        new Scope("tenants:write"),
                        new Scope("cortex:write"),
                        new Scope("*:read"))))
        .hasMessage("Nobody grants scopes that they lack: cortex:write tenants:write")
        .isInstanceOfSatisfying(
            Forbidden.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SCOPE_INSUFFICIENT));
  }

  private static void assertVerdicts(
      Caller caller, Target target, String see, String add, String change, String remove) {
    assertThat(verdict(caller, Act.SEE, target)).as("SEE %s", target).isEqualTo(see);
    assertThat(verdict(caller, Act.ADD, target)).as("ADD %s", target).isEqualTo(add);
    assertThat(verdict(caller, Act.CHANGE, target)).as("CHANGE %s", target).isEqualTo(change);
    assertThat(verdict(caller, Act.REMOVE, target)).as("REMOVE %s", target).isEqualTo(remove);
  }

  private static void assertScope(Caller caller, Target target, String seeAndOthers) {
    for (Act act : Act.values()) {
      boolean enough = seeAndOthers.split("/", -1)[act == Act.SEE ? 0 : 1].equals("yes");
      assertThat(verdict(caller, act, target).equals("scope_insufficient"))
          .as("%s of %s is for want of a scope", act, target)
          .isEqualTo(!enough);
    }
  }

  static String verdict(Caller caller, Act act, Target target) {
    Verdict verdict = Permissions.decide(caller, act, target);
    if (verdict instanceof Verdict.Denied denied) {
      return denied.code().code();
    }
    if (verdict instanceof Verdict.NameOnly) {
      return "name only";
    }
    return verdict instanceof Verdict.Hidden ? "hidden" : "allowed";
  }

  private static Target key(Reach owner) {
    return new Target.OfKey(owner, Optional.empty());
  }

  private static Optional<UUID> issuer(String number) {
    return Optional.ofNullable(number).map(it -> it.equals("1") ? ISSUER : OTHER_ISSUER);
  }

  private static Caller caller(String reach, String scopes) {
    return caller(reach, scopes, Optional.empty(), Optional.empty());
  }

  private static Caller caller(
      String reach, String scopes, Optional<String> user, Optional<UUID> issuer) {
    Set<Scope> granted =
        scopes == null
            ? Set.of()
            : Arrays.stream(scopes.split(" ", -1)).map(Scope::new).collect(Collectors.toSet());
    return new Caller(
        Reach.parse(reach),
        user.map(Username::new),
        granted,
        issuer.map(Credential::ofIssuer).orElse(Credential.API_KEY),
        "192.0.2.1");
  }
}
