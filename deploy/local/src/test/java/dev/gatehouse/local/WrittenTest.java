package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenTest {

  @Test
  void theDemoBackendAnswersForEveryApiThatNobodyAskedToMove() {
    List<String> lines = Written.gatewayProperties(List.of(), Ports.usual());

    assertThat(lines)
        .containsExactly(
            "gatehouse.apis.cortex.upstream=http://127.0.0.1:8480",
            "gatehouse.apis.cortex.catalog=mimir",
            "gatehouse.apis.cortex.prometheus-prefix=",
            "gatehouse.apis.loki.upstream=http://127.0.0.1:8480",
            "gatehouse.apis.loki.catalog=loki",
            "gatehouse.apis.tempo.upstream=http://127.0.0.1:8480",
            "gatehouse.apis.tempo.catalog=tempo",
            "gatehouse.apis.demo.upstream=http://127.0.0.1:8480",
            "gatehouse.apis.demo.catalog=any");
  }

  @Test
  void anUpstreamTakesThePlaceOfTheDemoBackendOrIsAdded() {
    Upstream loki = Upstream.parse("loki=http://logs:3100");
    Upstream prom = Upstream.parse("prom=http://metrics:9090,catalog=prometheus,tenants=aa+bb");

    List<String> lines = Written.gatewayProperties(List.of(loki, prom), Ports.usual());

    assertThat(lines)
        .contains(
            "gatehouse.apis.loki.upstream=http://logs:3100",
            "gatehouse.apis.prom.upstream=http://metrics:9090",
            "gatehouse.apis.prom.catalog=prometheus",
            "gatehouse.apis.prom.tenants=aa,bb")
        .doesNotContain("gatehouse.apis.loki.upstream=http://127.0.0.1:8480");
  }

  @Test
  void theCommandIsToldWhereTheInstanceIsAndHowToLogIn() {
    assertThat(Written.cliConfiguration("blue", Ports.usual()))
        .containsExactly(
            "instances:",
            "  blue:",
            "    url: http://localhost:8080",
            "    clientCredentials:",
            "      tokenUrl: http://localhost:8380/default/token",
            "      clientId: operator",
            "      clientSecret: operator",
            "      audience: gatehouse-blue");
  }
}
