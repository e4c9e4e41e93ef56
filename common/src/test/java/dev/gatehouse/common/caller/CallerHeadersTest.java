package dev.gatehouse.common.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.Username;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerHeadersTest {

  @Test
  void aDirectCallHasEveryScope() {
    Caller caller = read(headers("X-Tenant-ID", "*"));

    assertThat(caller.reach()).isEqualTo(Reach.EVERYTHING);
    assertThat(caller.scopes()).isEqualTo(Scope.EVERY);
    assertThat(caller.username()).isEmpty();
    assertThat(caller.client()).isEqualTo("192.0.2.1");
  }

  @Test
  void aForwardedCallHasWhatTheGatewaySays() {
    Caller caller =
        read(
            headers("X-Tenant-ID", "acme")
                .add("X-Username", "alice")
                .add("X-Gatehouse-Scopes", "tenants:read something else keys:write")
                .add("X-Gatehouse-Client", "2001:db8::1"));

    assertThat(caller.reach()).isEqualTo(Reach.parse("acme"));
    assertThat(caller.username()).contains(new Username("alice"));
    assertThat(caller.scopes())
        .containsExactlyInAnyOrder(new Scope("tenants:read"), new Scope("keys:write"));
    assertThat(caller.client()).isEqualTo("2001:db8::1");
  }

  @Test
  void emptyScopesGrantNothing() {
    assertThat(read(headers("X-Tenant-ID", "acme").add("X-Gatehouse-Scopes", "")).scopes())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Username", "X-Gatehouse-Scopes", "X-Gatehouse-Client"})
  void noneOfItMayBeSentTwice(String header) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> read(headers("X-Tenant-ID", "acme").add(header, "a").add(header, "a")))
        .matches(refusal -> refusal.code() == ErrorCode.HEADER_REFUSED);
  }

  @Test
  void exactlyOneTenantIsNamed() {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> read(MultiMap.caseInsensitiveMultiMap()))
        .withMessage("Send exactly one X-Tenant-ID: a tenant, or * for every tenant")
        .matches(refusal -> refusal.code() == ErrorCode.TENANT_REQUIRED);
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> read(headers("X-Tenant-ID", "acme").add("x-tenant-id", "acme")))
        .matches(refusal -> refusal.code() == ErrorCode.TENANT_REQUIRED);
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> read(headers("X-Tenant-ID", "")))
        .matches(refusal -> refusal.code() == ErrorCode.TENANT_REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({"a|b", "acme:*", "Acme"})
  void aTenantThatCannotBeIsRefused(String tenant) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> read(headers("X-Tenant-ID", tenant)))
        .matches(refusal -> refusal.code() == ErrorCode.TENANT_NAME_INVALID);
  }

  @Test
  void aClientThatIsNoAddressIsNotBelieved() {
    assertThat(read(headers("X-Tenant-ID", "*").add("X-Gatehouse-Client", "evil\n")).client())
        .isEqualTo("192.0.2.1");
  }

  private static MultiMap headers(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().add(name, value);
  }

  private static Caller read(MultiMap headers) {
    return CallerHeaders.read(headers, "192.0.2.1");
  }
}
