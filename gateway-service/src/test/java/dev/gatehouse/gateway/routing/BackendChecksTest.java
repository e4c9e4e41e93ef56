package dev.gatehouse.gateway.routing;

import static dev.gatehouse.gateway.routing.ConfiguredApis.api;
import static dev.gatehouse.gateway.routing.ConfiguredApis.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.catalog.Match;
import dev.gatehouse.gateway.catalog.Operation;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendChecksTest {

  private static final String TRACE_SERVICE =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

  @Test
  void anUpstreamMayBeSeveralServers() {
    Api api = api("demo", "catalog", "any", "upstream", "http://a:80/base/,http://b:80/base");

    assertThat(backend(api, "GET", "/x").urls())
        .containsExactly(URI.create("http://a:80/base"), URI.create("http://b:80/base"));
    assertThat(api.backends()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /loki/api/v1/tail, http://tail, loki/tail",
    "GET, /loki/api/v1/query, http://read, loki/read",
    "POST, /loki/api/v1/push, http://push, loki/push",
    "POST, /otlp/v1/logs, http://push, loki/push",
    "POST, /loki/api/v1/rules/team, http://all, loki",
    "GET, /loki/api/v1/rules/team, http://read, loki/read",
  })
  void theMostSpecificUpstreamTakesAnOperation(
      String method, String path, String url, String name) {
    Api api =
        api(
            "loki",
            "catalog",
            "loki",
            "upstream",
            "http://all",
            "upstreams.read",
            "http://read",
            "upstreams.write",
            "http://write",
            "upstreams.push",
            "http://push",
            "upstreams.tail",
            "http://tail");

    assertThat(backend(api, method, path).urls()).containsExactly(URI.create(url));
    assertThat(backend(api, method, path).name()).isEqualTo(name);
  }

  @Test
  void whatUpstreamsCoverNeedsNoneForAll() {
    Api api =
        api(
            "demo",
            "catalog",
            "any",
            "upstreams.read",
            "http://read",
            "upstreams.write",
            "http://write");

    assertThat(backend(api, "GET", "/x").name()).isEqualTo("demo/read");
    assertThat(backend(api, "POST", "/x").name()).isEqualTo("demo/write");
  }

  @Test
  void signalsGoToBackendsOfTheirOwn() {
    Api api =
        api(
            "otlp",
            "catalog",
            "otlp",
            "upstreams.traces",
            "http://tempo:4318",
            "upstreams.metrics",
            "http://mimir:8080/otlp",
            "upstreams.logs",
            "http://loki:3100/otlp",
            "upstreams.profiles",
            "none");

    assertThat(backend(api, "POST", "/v1/metrics").urls())
        .containsExactly(URI.create("http://mimir:8080/otlp"));
    assertThat(match(api, "POST", "/v1development/profiles")).isInstanceOf(Match.Refused.class);
    assertThat(match(api, "POST", TRACE_SERVICE)).isInstanceOf(Match.Refused.class);
  }

  @Test
  void noneCountsBeforeWhatIsWider() {
    Api api =
        api("loki", "catalog", "loki", "upstream", "http://loki:3100", "upstreams.tail", "none");

    assertThat(match(api, "GET", "/loki/api/v1/tail")).isInstanceOf(Match.Refused.class);
    assertThat(match(api, "GET", "/loki/api/v1/query")).isInstanceOf(Operation.class);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false",
    "true, true",
    "traces-grpc, true",
  })
  void grpcIsOfferedWhereTheUpstreamSpeaksHttp2(String http2, boolean offered) {
    Api api =
        offered
            ? api(
                "otlp",
                "catalog",
                "otlp",
                "upstream",
                "http://collector:4318",
                "upstreams.traces-grpc",
                "http://collector:4317",
                "http2",
                http2)
            : api("otlp", "catalog", "otlp", "upstream", "http://collector:4318", "http2", http2);

    if (offered) {
      assertThat(backend(api, "POST", TRACE_SERVICE))
          .satisfies(b -> assertThat(b.http2()).isTrue())
          .satisfies(b -> assertThat(b.name()).isEqualTo("otlp/traces-grpc"));
      assertThat(backend(api, "POST", "/v1/traces").http2()).isEqualTo(http2.equals("true"));
    } else {
      assertThat(match(api, "POST", TRACE_SERVICE)).isInstanceOf(Match.Refused.class);
    }
  }

  @Test
  void featuresAreSwitchedOnByName() {
    Api api =
        api(
            "tempo",
            "catalog",
            "tempo",
            "upstream",
            "http://tempo:3200",
            "upstreams.zipkin",
            "http://tempo:9411",
            "features",
            "zipkin");

    assertThat(backend(api, "POST", "/api/v2/spans").name()).isEqualTo("tempo/zipkin");
    assertThat(match(api, "POST", "/api/traces")).isInstanceOf(Match.Refused.class);
  }

  @Test
  void theEnvironmentSetsUpstreamsToo() {
    Api api =
        api(
            "loki",
            new EnvConfigSource(
                Map.of(
                    "GATEHOUSE_APIS_LOKI_UPSTREAM", "http://loki:3100",
                    "GATEHOUSE_APIS_LOKI_CATALOG", "loki",
                    "GATEHOUSE_APIS_LOKI_UPSTREAMS_PUSH", "http://a,http://b"),
                300));

    assertThat(backend(api, "POST", "/loki/api/v1/push").urls()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          upstream=                                       | .upstream is not set, and no other upstream takes /
          upstream=,upstreams.read=http://r               | .upstream is not set, and no other upstream takes /
          upstreams.querier=http://q                      | .upstreams.querier names no group or class of the catalog loki; use one of alertconfig, alerts, push, query, read, ruler, rules, tail, write
          upstreams.alertconfig=http://q                  | .upstreams.alertconfig is set, but no operation goes there; take it away, or name it in gatehouse.apis.loki.http2 if it is for gRPC
          upstreams.push=https://u:secret@loki            | .upstreams.push is no URL of a backend; write it like http://cortex:8080
          upstreams.push=ftp://loki                       | .upstreams.push is no URL of a backend
          upstreams.push=http://loki 80                   | .upstreams.push is no URL of a backend
          upstreams.push=none;http://loki                 | .upstreams.push is no URL of a backend
          upstream=http://a;http://a/                     | .upstream names http://a twice; keep one
          upstream=http://a;https://b                     | .upstream names URLs of different schemes or paths
          upstream=http://a/x;http://b/y                  | .upstream names URLs of different schemes or paths
          http2=yes                                       | .http2 names yes; write true, false, or names of upstreams that are set
          http2=true;push,upstreams.push=http://p         | .http2 names true; write true, false
          features=zipkin                                 | .features names zipkin, which the catalog loki does not have; leave it out
          timeouts.total=0s                               | .timeouts.total is not above zero
          timeouts.connect=0s                             | .timeouts.connect is not above zero
          """)
  void aWrongSettingStopsTheStartWithASentence(String settings, String message) {
    assertThatThrownBy(() -> loki(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("gatehouse.apis.loki" + message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void whatIsMissingIsNamedWithItsKeys() {
    assertThatThrownBy(
            () ->
                api(
                    "otlp",
                    "catalog",
                    "otlp",
                    "upstreams.traces",
                    "http://t",
                    "upstreams.metrics",
                    "http://m",
                    "upstreams.logs",
                    "http://l"))
        .hasMessage(
            "gatehouse.apis.otlp.upstream is not set, and no other upstream takes"
                + " /v1development/profiles of the catalog otlp; set it, or"
                + " gatehouse.apis.otlp.upstreams.profiles or"
                + " gatehouse.apis.otlp.upstreams.write (to none, if it is not to be offered)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "prometheus", "otlp"})
  void federationNeedsACatalogWhoseBackendCan(String catalog) {
    assertThatThrownBy(
            () ->
                api(
                    "demo",
                    "catalog",
                    catalog,
                    "upstream",
                    "http://x",
                    "tenants",
                    "acme",
                    "federation",
                    "true"))
        .hasMessageStartingWith(
            "gatehouse.apis.demo.federation is true, but no operation of the catalog " + catalog);
  }

  private static Api loki(String settings) {
    String[] pairs = ("catalog=loki,upstream=http://loki," + settings).split("[,=]", -1);
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = pairs[i].replace(';', ',');
    }
    return api("loki", pairs);
  }

  private static Backend backend(Api api, String method, String path) {
    return api.backend((Operation) match(api, method, path));
  }
}
