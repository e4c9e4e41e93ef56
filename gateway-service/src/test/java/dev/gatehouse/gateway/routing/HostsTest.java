package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.routing.Destination.ApiHost;
import dev.gatehouse.gateway.routing.Destination.ControlHost;
import dev.gatehouse.gateway.routing.Destination.TenantHost;
import dev.gatehouse.gateway.routing.Destination.TenantPath;
import dev.gatehouse.gateway.routing.Destination.UnknownHost;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  private static final StrictPath ROOT = StrictPath.parse("/");
  private static final Set<String> CONTROL = Set.of("console.example.org", "localhost", "[::1]");

  @ParameterizedTest
  @CsvSource({
    "DASHED, cortex-acme.example.org, acme",
    "DASHED, cortex-acme--pay.example.org, acme:pay",
    "DASHED, cortex-my-team--pay-1.example.org, my-team:pay-1",
    "DASHED, CORTEX-Acme.Example.ORG:8080, acme",
    "DASHED, cortex-acme.example.org., acme",
    "DASHED, cortex-acme.example.org.:443, acme",
    "DASHED, cortex-acme.example.org:, acme",
    "API_FIRST, cortex.acme.example.org, acme",
    "API_FIRST, cortex.acme--pay--eu.example.org:8080, acme:pay:eu",
    "TENANT_FIRST, acme.cortex.example.org, acme",
    "TENANT_FIRST, acme--pay.cortex.example.org., acme:pay",
  })
  void aTenantHostNamesApiAndTenant(HostTemplate template, String host, String tenant) {
    assertThat(hosts(template).destination(host, ROOT))
        .isEqualTo(new TenantHost(new ApiName("cortex"), new TenantId(tenant)));
  }

  @ParameterizedTest
  @EnumSource
  void aHostThatIsMadeForATenantLeadsToIt(HostTemplate template) {
    Hosts hosts = hosts(template);
    ApiName api = new ApiName("a1234567890123456789");

    for (String name : List.of("ab", "a-b", "acme:pay", "ab:cd:ef:gh:ij:kl:mn:op", "x1:y-2-z")) {
      TenantId tenant = new TenantId(name);
      String host = hosts.hostOf(api, tenant);

      assertThat(hosts.destination(host, ROOT)).isEqualTo(new TenantHost(api, tenant));
      assertThat(host.split("\\.", -1)).allMatch(label -> label.length() <= 63);
    }
  }

  @Test
  void theDefaultTenantHasNoHost() {
    assertThatThrownBy(
            () -> hosts(HostTemplate.DASHED).hostOf(new ApiName("cortex"), TenantId.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void anApiHostLeavesTheTenantOpen(HostTemplate template) {
    for (String host : List.of("cortex.example.org", "Cortex.EXAMPLE.org:80")) {
      assertThat(hosts(template).destination(host, ROOT))
          .isEqualTo(new ApiHost(new ApiName("cortex")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console.example.org",
        "Console.Example.Org.:8080",
        "localhost",
        "localhost:8080",
        "LOCALHOST.",
        "[::1]",
        "[::1]:8080"
      })
  void aControlHostIsNothingElse(String host) {
    assertThat(hosts(HostTemplate.DASHED).destination(host, ROOT)).isEqualTo(new ControlHost());
  }

  @Test
  void aTenantsPathOnAControlHostIsNotTheDataPlane() {
    StrictPath path = StrictPath.parse("/t/acme/cortex/api/v1/query");

    assertThat(hosts(HostTemplate.DASHED).destination("console.example.org", path))
        .isEqualTo(new ControlHost());
  }

  @Test
  void aPathOfTheControlPlaneOnATenantHostIsJustAPath() {
    StrictPath path = StrictPath.parse("/api/v1/tenants");

    assertThat(hosts(HostTemplate.DASHED).destination("cortex-acme.example.org", path))
        .isInstanceOf(TenantHost.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ":",
        ":8080",
        "example.org",
        "other.org",
        "cortex-acme.other.org",
        "cortex-acmeexample.org",
        "xexample.org",
        ".example.org",
        "..example.org",
        "cortex..example.org",
        "cortex-acme..example.org",
        "cortex-acme.example.org..",
        "cortex-.example.org",
        "-acme.example.org",
        "c-acme.example.org",
        "cortex-a.example.org",
        "cortex-acme-.example.org",
        "cortex--acme.example.org",
        "cortex-a---b.example.org",
        "cortex-ac--me--.example.org",
        "cortex-_.example.org",
        "cortex-acme:pay.example.org",
        "cortex-xn--mnchen-3ya.example.org",
        "xn--mnchen-3ya.example.org",
        "cortex.acme.example.org",
        "api-acme.example.org",
        "console-acme.example.org",
        "tenants.example.org",
        "keys.example.org",
        "cortex-acme.example.org:80:80",
        "cortex-acme.example.org:port",
        "cortex-acme.example.org:123456",
        "cortex-acme.example.org:-1",
        "user@cortex-acme.example.org",
        "cortex-acme.example.org/path",
        "cortex-acme.example.org,other",
        " cortex-acme.example.org",
        "cortex-acme.example.org ",
        "cortex-acme.example.org\u0000",
        "cort\u0456x-acme.example.org",
        "\u212aeys.example.org",
        "127.0.0.1",
        "[::2]",
        "[::1",
        "[::1]x",
        "[::1]:x",
        "[]",
        "::1",
        "[fe80::1%25eth0]",
      })
  void anyOtherHostIsUnknown(String host) {
    assertThat(hosts(HostTemplate.DASHED).destination(host, ROOT)).isEqualTo(new UnknownHost());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cortex-acme.example.org",
        "acme.cortex.pay.example.org",
        "cortex.acme.pay.example.org",
        "keys.acme.example.org",
        "cortex._.example.org"
      })
  void otherFormsThanTheTemplatesAreUnknown(String host) {
    assertThat(hosts(HostTemplate.API_FIRST).destination(host, ROOT)).isEqualTo(new UnknownHost());
  }

  @Test
  void aHostLongerThanDnsAllowsIsUnknown() {
    String host = "a.".repeat(130) + "example.org";

    assertThat(hosts(HostTemplate.DASHED).destination(host, ROOT)).isEqualTo(new UnknownHost());
  }

  @ParameterizedTest
  @CsvSource({
    "/t/acme/cortex/api/v1/query?q=1, acme, /api/v1/query?q=1",
    "/t/acme:pay/cortex/x, acme:pay, /x",
    "/t/acme%3Apay/cortex/x, acme:pay, /x",
    "/t/_/cortex/x, _, /x",
    "/t/acme/cortex, acme, /",
  })
  void aPathOnTheSharedHostNamesTenantAndApi(String target, String tenant, String rest) {
    Destination destination =
        hosts(HostTemplate.DASHED).destination("API.example.org:80", StrictPath.parse(target));

    assertThat(destination)
        .isInstanceOfSatisfying(
            TenantPath.class,
            path -> {
              assertThat(path.api()).isEqualTo(new ApiName("cortex"));
              assertThat(path.tenant()).isEqualTo(new TenantId(tenant));
              assertThat(path.rest().forwarded()).isEqualTo(rest);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/, PATH_REFUSED",
    "/t, PATH_REFUSED",
    "/t/acme, PATH_REFUSED",
    "/t/acme/, PATH_REFUSED",
    "/T/acme/cortex/x, PATH_REFUSED",
    "/api/v1/tenants, PATH_REFUSED",
    "/t/acme/keys/x, PATH_REFUSED",
    "/t/acme/Cortex/x, PATH_REFUSED",
    "/t%2Facme/cortex/x, PATH_REFUSED",
    "/t/acme%2Fcortex/x, PATH_REFUSED",
    "/t/*/cortex/x, TENANT_NAME_INVALID",
    "/t/Acme/cortex/x, TENANT_NAME_INVALID",
  })
  void anyOtherPathOnTheSharedHostIsRefused(String target, ErrorCode code) {
    Hosts hosts = hosts(HostTemplate.DASHED);
    StrictPath path = StrictPath.parse(target);

    assertThatThrownBy(() -> hosts.destination("api.example.org", path))
        .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "http://example.org", "example.org:8080", ".example.org", "a b", "a_b"})
  void aDomainOrControlHostIsANameWithoutSchemeAndPort(String host) {
    assertThatThrownBy(() -> new Hosts(HostTemplate.DASHED, host, Set.of()))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            "'" + host + "' is no domain: give a name or an address, without scheme and port");
    assertThatThrownBy(() -> new Hosts(HostTemplate.DASHED, "example.org", Set.of(host)))
        .isInstanceOf(Invalid.class);
  }

  private static Hosts hosts(HostTemplate template) {
    return new Hosts(template, "example.org", CONTROL);
  }
}
