package dev.gatehouse.tenant.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

  @ParameterizedTest(name = "{0} with {1} on {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        // reach, scopes, target, see, change, create
        "*,        tenants:read,  acme,         ALL,                scope_insufficient, scope_insufficient",
        "*,        tenants:write, acme,         ALL,                ok,                 ok",
        "*,        tenants:write, _,            ALL,                ok,                 ok",
        "*,        keys:write,    acme,         scope_insufficient, scope_insufficient, scope_insufficient",
        "acme,     tenants:write, acme,         ALL,                not_allowed,        not_allowed",
        "acme,     tenants:write, acme:pay,     ALL,                ok,                 ok",
        "acme,     tenants:write, acme:pay:eu,  ALL,                ok,                 ok",
        "acme,     tenants:read,  acme:pay,     ALL,                scope_insufficient, scope_insufficient",
        "acme,     tenants:write, other,        tenant_unknown,     tenant_unknown,     not_allowed",
        "acme,     tenants:write, acme-x,       tenant_unknown,     tenant_unknown,     not_allowed",
        "acme,     tenants:write, _,            tenant_unknown,     tenant_unknown,     not_allowed",
        "acme:pay, tenants:write, acme,         NAME,               not_allowed,        not_allowed",
        "acme:pay, tenants:write, acme:pay,     ALL,                not_allowed,        not_allowed",
        "acme:pay, tenants:write, acme:hr,      tenant_unknown,     tenant_unknown,     not_allowed",
        "acme:pay, tenants:write, acme:pay:eu,  ALL,                ok,                 ok",
        "_,        tenants:write, acme,         tenant_unknown,     tenant_unknown,     not_allowed",
        "_,        tenants:write, _,            ALL,                not_allowed,        not_allowed",
        "acme,     -,             acme,         scope_insufficient, scope_insufficient, scope_insufficient",
      })
  void eachCallerSeesAndChangesWhatIsTheirs(
      String reach, String scopes, String target, String see, String change, String create) {
    Caller caller = caller(reach, scopes);
    TenantId tenant = new TenantId(target);

    assertThat(sight(caller, tenant)).as("see").isEqualTo(see);
    assertThat(outcome(() -> Access.requireChange(caller, tenant))).as("change").isEqualTo(change);
    assertThat(outcome(() -> Access.requireCreation(caller, tenant)))
        .as("create")
        .isEqualTo(create);
  }

  @ParameterizedTest
  @CsvSource({"*,ok", "acme,not_allowed", "_,not_allowed"})
  void onlyAnOperatorChoosesAnOrganisationId(String reach, String outcome) {
    assertThat(outcome(() -> Access.requireChoiceOfOrgId(caller(reach, "tenants:write"))))
        .isEqualTo(outcome);
  }

  private static String sight(Caller caller, TenantId target) {
    try {
      return Access.requireSight(caller, target).name();
    } catch (Refusal refusal) {
      return refusal.code().code();
    }
  }

  private static String outcome(ThrowingCallable action) {
    return catchThrowable(action) instanceof Refusal refusal ? refusal.code().code() : "ok";
  }

  private static Caller caller(String reach, String scopes) {
    Set<Scope> granted =
        scopes == null
            ? Set.of()
            : Arrays.stream(scopes.split(" ", -1)).map(Scope::new).collect(Collectors.toSet());
    return new Caller(
        Reach.parse(reach), Optional.empty(), granted, Credential.API_KEY, "192.0.2.1");
  }
}
