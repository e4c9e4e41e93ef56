package dev.gatehouse.common.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.Invalid;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cortex:read",
        "l2:write",
        "abcdefghij0123456789:rules",
        "*:alerts",
        "*:alertconfig",
        "tenants:read",
        "tenants:write",
        "keys:all",
        "issuers:write",
        "audit:read",
      })
  void aLegalScopeIsAccepted(String scope) {
    assertThat(new Scope(scope)).hasToString(scope);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "read",
        "cortex",
        "cortex:",
        ":read",
        "a:read",
        "abcdefghij01234567890:read",
        "Cortex:read",
        "cor-tex:read",
        "cortex:delete",
        "tenants:all",
        "audit:write",
        "tenants:rules",
        "**:read",
        "*:*",
        "cortex:read ",
      })
  void anIllegalScopeIsRefused(String scope) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> new Scope(scope))
        .withMessageStartingWith("A scope is <api>:read|write|rules|alerts|alertconfig");
  }

  @ParameterizedTest
  @CsvSource({
    "cortex:read,cortex:read,true",
    "cortex:read,*:read,true",
    "cortex:read,*:write,false",
    "cortex:read,loki:read,false",
    "*:read,cortex:read,false",
    "tenants:read,*:read,false",
    "tenants:read,tenants:read,true",
    "tenants:write,tenants:read,false",
  })
  void aScopeIsGrantedByItselfOrByTheStarOfData(String wanted, String granted, boolean result) {
    assertThat(new Scope(wanted).isIn(Set.of(new Scope(granted)))).isEqualTo(result);
  }

  @Test
  void everyScopeGrantsAllOfManagementAndData() {
    assertThat(Scope.EVERY)
        .contains(new Scope("keys:all"), new Scope("audit:read"))
        .allSatisfy(scope -> assertThat(Scope.isScope(scope.value())).isTrue());
    assertThat(new Scope("cortex:alertconfig").isIn(Scope.EVERY)).isTrue();
  }
}
