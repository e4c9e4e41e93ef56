package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the chart configures, the services read: a typing error would be a setting without
 * effect.
 */
class ConfigurationTest {

  private static final Map<String, KnownKeys> KNOWN =
      Map.of(
          "gateway", KnownKeys.of("gateway-service"),
          "tenant-service", KnownKeys.of("tenant-service", "common"),
          "key-service", KnownKeys.of("key-service", "common"));

  /** Read by the JVM itself. */
  private static final Set<String> OF_THE_JVM = Set.of("JAVA_TOOL_OPTIONS");

  /** With everything that can be set, beside what the values files do. */
  private static final String EVERYTHING =
      """
      controlHosts: [admin.example.org]
      oidc:
        defaultScopes: ['*:read']
        allowedHosts: [localhost:8380]
        issuers:
          second: {url: https://two, audience: [a], maySpeakFor: acme, claimsNamespace: c, defaultScopes: [d]}
      limits:
        {requestsPerSecond: 1, bytesPerSecond: 1M, concurrentRequests: 2, openStreams: 3, bodyBytes: 4K}
      apis:
        full:
          catalog: tempo
          upstream: [http://a, http://b]
          upstreams: {read: http://c, write: none}
          http2: [read]
          features: [zipkin]
          tenantHeader: X-Tenant
          prometheusPrefix: /api/prom
          tenants: [acme, 'acme:pay']
          federation: true
          mode: report
          timeouts: {connect: 1s, response: 2s, idle: 3s, total: 4s}
          credentials: {existingSecret: s, bearerTokenKey: t}
          forwardToken: true
          allowSetCookie: true
      gateway:
        jvmOptions: -Xmx1g
        tls: {enabled: true, secretName: own}
        trustedProxies: [10.0.0.0/8]
        trust: {maxStaleness: 15m}
        traces: {endpoint: http://collector:4318, ratio: 0.5, trustParent: true}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
  void everyKeyIsReadByTheService(String component) {
    Set<String> keys = new TreeSet<>();
    Chart.installations()
        .forEach(
            file -> {
              keys.addAll(keys(Chart.of(file), component));
              keys.addAll(keys(Chart.of(file).with(EVERYTHING), component));
            });

    assertThat(keys).isNotEmpty().allMatch(key -> known(component).hasKey(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
  void everyVariableIsReadByTheService(String component) {
    Set<String> names = new TreeSet<>();
    Chart.installations()
        .map(file -> Chart.of(file).with(EVERYTHING).render().deployment(component))
        .flatMap(deployment -> Manifests.containers(deployment.at("/spec/template")))
        .flatMap(container -> Manifests.each(container.path("env")))
        .forEach(variable -> names.add(variable.path("name").asText()));
    names.removeAll(OF_THE_JVM);

    assertThat(names).isNotEmpty().allMatch(name -> known(component).hasVariable(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gatehouse.instanse",
        "gatehouse.apis.demo.upstreem",
        "gatehouse.apis.demo",
        "gatehouse.apis.demo.timeouts.conect",
        "gatehouse.limits.requests-per-second",
        "quarkus.datasource.reactive.uri"
      })
  void aKeyThatNobodyReadsIsFound(String key) {
    assertThat(KNOWN.values()).noneMatch(known -> known.hasKey(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH_API_KEYS", "GATEHOUSE_INSTANSE", "QUARKUS_DATASOURCE_USER"})
  void aVariableThatNobodyReadsIsFound(String name) {
    assertThat(KNOWN.values()).noneMatch(known -> known.hasVariable(name));
  }

  @Test
  void aKeyOfAnotherServiceIsFound() {
    assertThat(known("key-service").hasKey("gatehouse.keys.wildcard-owner")).isTrue();
    assertThat(known("gateway").hasKey("gatehouse.keys.wildcard-owner")).isFalse();
    assertThat(known("tenant-service").hasKey("gatehouse.instance")).isFalse();
  }

  @Test
  void valuesArriveAsTheyAreGiven() throws IOException {
    Manifests rendered =
        Chart.least()
            .with(
                """
                limits: {requestsPerSecond: 10000000}
                gateway:
                  proxy: {maxInflight: 1000000}
                  traces: {endpoint: http://c, ratio: 0.001}
                  extraProperties:
                    gatehouse.access-log.file: 'C:\\logs'
                    gatehouse.feeds.usage-every: 90s
                    gatehouse.authentication.queue: 2000000
                """)
            .render();
    Properties read = new Properties();
    read.load(new StringReader(String.join("\n", rendered.properties("gateway"))));

    assertThat(read)
        .containsEntry("gatehouse.limits.default.requests-per-second", "10000000")
        .containsEntry("gatehouse.proxy.max-inflight", "1000000")
        .containsEntry("gatehouse.traces.ratio", "0.001")
        .containsEntry("gatehouse.access-log.file", "C:\\logs")
        .containsEntry("gatehouse.feeds.usage-every", "90s")
        .containsEntry("gatehouse.authentication.queue", "2000000")
        .containsEntry("gatehouse.host-template", "{api}-{tenant}.{domain}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
  void aChangeOfTheConfigurationRollsThePods(String component) {
    String property =
        "{gateway: &p {extraProperties: {a.b: c}}, tenantService: *p, keyService: *p}";

    assertThat(checksum(Chart.least(), component))
        .isEqualTo(checksum(Chart.least(), component))
        .isNotEqualTo(checksum(Chart.least().with(property), component));
  }

  @Test
  void configurationLiesWhereQuarkusLooksForIt() {
    JsonNode mount = Chart.least().render().container("gateway").at("/volumeMounts/1");

    assertThat(mount.path("name").asText()).isEqualTo("config");
    assertThat(mount.path("mountPath").asText()).isEqualTo("/opt/gatehouse/config");
  }

  private static KnownKeys known(String component) {
    return Objects.requireNonNull(KNOWN.get(component));
  }

  private static List<String> keys(Chart chart, String component) {
    return chart.render().properties(component).stream()
        .map(line -> line.substring(0, line.indexOf('=')))
        .toList();
  }

  private static String checksum(Chart chart, String component) {
    return chart
        .render()
        .deployment(component)
        .at("/spec/template/metadata/annotations")
        .path("checksum/config")
        .asText();
  }
}
