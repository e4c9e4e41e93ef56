package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.catalog.OperationClass;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingChecksTest {

  private static final String CORTEX = "gatehouse.apis.cortex.";

  @Test
  void anApiNeedsAnUpstreamAndACatalogAndTakesDefaults() {
    Api api = cortex(Map.of());

    assertThat(backend(api).urls()).containsExactly(URI.create("http://127.0.0.1:9009"));
    assertThat(backend(api).http2()).isFalse();
    assertThat(backend(api).credentials()).isEmpty();
    assertThat(api.catalog()).hasToString("mimir");
    assertThat(api.tenantHeader()).isEqualTo("X-Scope-OrgID");
    assertThat(api.serves(new TenantId("acme"))).isTrue();
    assertThat(api.allowsSetCookie()).isFalse();
    assertThat(backend(api).timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(2),
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Optional.empty()));
    assertThat(addedPrefix(api)).isEqualTo("/prometheus");
  }

  @Test
  void everythingCanBeSet() {
    Api api =
        cortex(
            Map.of(
                CORTEX + "upstream", "https://backend.internal/base/",
                CORTEX + "tenant-header", "X-Tenant",
                CORTEX + "prometheus-prefix", "/api/prom",
                CORTEX + "tenants", "acme,acme:pay",
                CORTEX + "timeouts.connect", "500ms",
                CORTEX + "timeouts.response", "10s",
                CORTEX + "timeouts.idle", "PT5M",
                CORTEX + "timeouts.total", "30m",
                CORTEX + "allow-set-cookie", "true"));

    assertThat(backend(api).urls()).containsExactly(URI.create("https://backend.internal/base"));
    assertThat(api.tenantHeader()).isEqualTo("X-Tenant");
    assertThat(addedPrefix(api)).isEqualTo("/api/prom");
    assertThat(api.serves(new TenantId("acme:pay"))).isTrue();
    assertThat(api.serves(new TenantId("other"))).isFalse();
    assertThat(backend(api).timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Optional.of(Duration.ofMinutes(30))));
    assertThat(api.allowsSetCookie()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"''", "/"})
  void anEmptyPrefixMeansNone(String prefix) {
    assertThat(addedPrefix(cortex(Map.of(CORTEX + "prometheus-prefix", prefix)))).isEmpty();
  }

  @Test
  void apisCanBeSetByTheEnvironmentToo() {
    Map<String, String> environment =
        Map.of(
            "GATEHOUSE_APIS_CORTEX_UPSTREAM", "http://127.0.0.1:9009",
            "GATEHOUSE_APIS_CORTEX_CATALOG", "mimir",
            "GATEHOUSE_APIS_CORTEX_PROMETHEUS_PREFIX", "",
            "GATEHOUSE_APIS_CORTEX_TENANTS", "acme");

    Api api =
        RoutingChecks.apis(apisConfig(new EnvConfigSource(environment, 300)))
            .named(new ApiName("cortex"))
            .orElseThrow();

    assertThat(addedPrefix(api)).isEmpty();
    assertThat(api.serves(new TenantId("acme"))).isTrue();
    assertThat(api.serves(new TenantId("other"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          my-api.catalog       | any       | gatehouse.apis.my-api: The name of an api has 2 to 20
          keys.catalog         | any       | gatehouse.apis.keys: The name of an api has 2 to 20
          cortex.catalog       | cortex    | gatehouse.apis.cortex.catalog is cortex, which is not known; use one of mimir, loki, tempo, prometheus, otlp, any
          cortex.catalog       | prometheus | gatehouse.apis.cortex.tenants is not set, but a backend with the catalog prometheus ignores the tenant header; list the tenants that may share its data
          cortex.tenants       | acme,ACME | gatehouse.apis.cortex.tenants: A segment of a tenant name is made of
          cortex.tenants       | acme,acme | gatehouse.apis.cortex.tenants names acme twice; keep one
          cortex.upstream      | cortex:80 | gatehouse.apis.cortex.upstream is no URL of a backend; write it like http://cortex:8080
          cortex.upstream      | /cortex   | gatehouse.apis.cortex.upstream is no URL of a backend
          cortex.upstream      | http://u:p@cortex | gatehouse.apis.cortex.upstream is no URL of a backend
          cortex.upstream      | http://cortex?a=b | gatehouse.apis.cortex.upstream is no URL of a backend
          cortex.tenant-header | X_Tenant  | gatehouse.apis.cortex.tenant-header is X_Tenant; a header has letters, digits and hyphens
          cortex.tenant-header | Authorization | gatehouse.apis.cortex.tenant-header is Authorization, which means something else
          cortex.timeouts.response | 0s    | gatehouse.apis.cortex.timeouts.response is not above zero; give a time such as 30s
          """)
  void aWrongSettingStopsTheStartWithASentence(String key, String value, String message) {
    String api = key.substring(0, key.indexOf('.'));
    Map<String, String> settings = new HashMap<>(settings(Map.of()));
    settings.put("gatehouse.apis." + api + ".upstream", "http://127.0.0.1:9009");
    settings.put("gatehouse.apis." + api + ".catalog", "mimir");
    settings.put("gatehouse.apis." + key, value);
    ApisConfig config = apisConfig(new PropertiesConfigSource(settings, "test", 100));

    assertThatThrownBy(() -> RoutingChecks.apis(config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("u:p"));
  }

  @ParameterizedTest
  @CsvSource({"prometheus", "api/prom/", "/a//b", "/../x"})
  void aPrefixThatIsNoPathStopsTheStart(String prefix) {
    assertThatThrownBy(() -> cortex(Map.of(CORTEX + "prometheus-prefix", prefix)))
        .hasMessageContaining("A path prefix is empty, or starts with /");
  }

  @Test
  void aBackendThatIgnoresTheTenantHeaderStartsWithItsTenants() {
    Api api = cortex(Map.of(CORTEX + "catalog", "prometheus", CORTEX + "tenants", "acme"));

    assertThat(api.serves(new TenantId("acme"))).isTrue();
    assertThat(api.serves(new TenantId("acme:pay"))).isFalse();
  }

  @Test
  void theTenantHeadersOfAllApisAreKnownInLowerCase() {
    Apis apis =
        RoutingChecks.apis(
            apisConfig(
                properties(
                    Map.of(
                        "gatehouse.apis.demo.upstream", "http://127.0.0.1:9",
                        "gatehouse.apis.demo.catalog", "any",
                        "gatehouse.apis.demo.tenant-header", "X-Team"))));

    assertThat(apis.tenantHeaders()).isEqualTo(Set.of("x-scope-orgid", "x-team"));
    assertThat(apis.all()).hasSize(2);
    assertThat(apis.named(new ApiName("loki"))).isEmpty();
  }

  @Test
  void whatIsUnsafeOnPurposeIsWarnedOf() {
    Apis safe = RoutingChecks.apis(apisConfig(properties(Map.of())));
    Apis unsafe =
        RoutingChecks.apis(
            apisConfig(
                properties(Map.of(CORTEX + "mode", "report", CORTEX + "forward-token", "true"))));

    assertThat(RoutingChecks.warnings(safe)).isEmpty();
    assertThat(RoutingChecks.warnings(unsafe))
        .satisfiesExactly(
            report ->
                assertThat(report)
                    .startsWith("gatehouse.apis.cortex.mode is report: nothing is refused"),
            token -> assertThat(token).startsWith("gatehouse.apis.cortex.forward-token is true"));
  }

  @ParameterizedTest
  @CsvSource({
    "cortex:read, READ, true",
    "*:read, READ, true",
    "loki:read, READ, false",
    "cortex:write, READ, false",
    "*:write, RULES, false",
    "cortex:rules, RULES, true",
    "cortex:alerts, ALERTCONFIG, false",
    "cortex:alertconfig, ALERTCONFIG, true",
    "keys:all, READ, false",
  })
  void scopesNameTheApiOrAll(String scope, OperationClass kind, boolean allowed) {
    assertThat(cortex(Map.of()).isAllowed(kind, Set.of(new Scope(scope)))).isEqualTo(allowed);
  }

  @Test
  void hostsTakeDefaultsFromTheDomain() {
    Hosts hosts = hosts(Map.of("gatehouse.domain", "example.org"));

    assertThat(hosts.controlHosts()).containsExactly("console.example.org");
    assertThat(hosts.destination("cortex-acme.example.org", StrictPath.parse("/")))
        .isInstanceOf(Destination.TenantHost.class);
  }

  @Test
  void hostsCanBeSet() {
    Hosts hosts =
        hosts(
            Map.of(
                "gatehouse.host-template", "{api}.{tenant}.{domain}",
                "gatehouse.control-hosts", "console.localhost,localhost"));

    assertThat(hosts.controlHosts()).containsExactlyInAnyOrder("console.localhost", "localhost");
    assertThat(hosts.destination("cortex.acme.localhost", StrictPath.parse("/")))
        .isInstanceOf(Destination.TenantHost.class);
  }

  @ParameterizedTest
  @CsvSource({"cortex.localhost", "cortex-acme.localhost", "api.localhost"})
  void aControlHostIsNoHostOfAnApi(String host) {
    assertThatThrownBy(() -> hosts(Map.of("gatehouse.control-hosts", host)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "gatehouse.control-hosts names "
                + host
                + ", which is a host of an api; no backend is served on a control host, so take"
                + " another name");
  }

  @Test
  void aTemplateOfAnotherFormStopsTheStart() {
    assertThatThrownBy(() -> hosts(Map.of("gatehouse.host-template", "{tenant}.{domain}")))
        .hasMessageContaining("A host template is one of {api}-{tenant}.{domain}");
  }

  private static String addedPrefix(Api api) {
    return query(api).addedPrefix();
  }

  private static Backend backend(Api api) {
    return api.backend(query(api));
  }

  private static Operation query(Api api) {
    return (Operation) api.catalog().match("GET", List.of("api", "v1", "query"));
  }

  private static Api cortex(Map<String, String> settings) {
    return RoutingChecks.apis(apisConfig(properties(settings)))
        .named(new ApiName("cortex"))
        .orElseThrow();
  }

  private static Hosts hosts(Map<String, String> settings) {
    SmallRyeConfig config = config(properties(settings));
    return RoutingChecks.hosts(
        config.getConfigMapping(HostsConfig.class),
        RoutingChecks.apis(config.getConfigMapping(ApisConfig.class)));
  }

  private static ApisConfig apisConfig(ConfigSource source) {
    return config(source).getConfigMapping(ApisConfig.class);
  }

  private static SmallRyeConfig config(ConfigSource source) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(ApisConfig.class)
        .withMapping(HostsConfig.class)
        .withSources(source)
        .build();
  }

  private static PropertiesConfigSource properties(Map<String, String> settings) {
    return new PropertiesConfigSource(settings(settings), "test", 100);
  }

  private static Map<String, String> settings(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put(CORTEX + "upstream", "http://127.0.0.1:9009");
    all.put(CORTEX + "catalog", "mimir");
    all.putAll(settings);
    return all;
  }
}
