package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and dashboards speak of what running services really export. */
class MonitoringIT {
  private static final Path MONITORING =
      RunningInstance.CHECKOUT.resolve("deploy/helm/gatehouse/monitoring").toAbsolutePath();
  private static final Pattern EXPRESSION = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path home;

  private RunningInstance instance;
  private WatchedGateway gateway;
  private Visitor visitor;
  private Visitor limited;

  @BeforeEach
  void start() {
    instance = RunningInstance.up(home.resolve("state"));
    gateway = WatchedGateway.up(instance, home.resolve("watched"));
    visitor = Visitor.admitted(instance, home, "watched");
    limited = Visitor.admitted(instance, home, "limited");
    Run limit =
        instance.gatehouse(
            home,
            "tenants",
            "set",
            "local",
            "limited",
            "--limit",
            "requests-per-second=1",
            "--wait=30s");
    assertThat(limit.exit()).as(limit.err()).isZero();
  }

  @AfterEach
  void stop() {
    gateway.close();
    instance.close();
  }

  @Test
  void theListsOfMetricsAreWhatTheServicesExport() throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              traffic();
              assertListed("gateway", gateway.managementPort());
            });
    assertListed("tenant-service", instance.port(Ports.Use.TENANT_SERVICE_MANAGEMENT));
    assertListed("key-service", instance.port(Ports.Use.KEY_SERVICE_MANAGEMENT));
  }

  @Test
  void prometheusEvaluatesEveryRuleAndEveryGraphShowsSomething() throws Exception {
    Tools.need("prometheus");
    int port = Prometheus.freePort();
    try (Prometheus prometheus =
        Prometheus.start(home.resolve("prometheus"), port, configuration())) {
      assertThat(prometheus).isNotNull();

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                traffic();
                assertThat(queries()).allSatisfy(query -> assertShows(port, query));
              });

      String rules = Http.get(port, "localhost", "/api/v1/rules").body();
      assertThat(rules).contains("\"health\":\"ok\"").doesNotContain("\"health\":\"err\"");
      assertThat(rules).doesNotContain("\"health\":\"unknown\"");
    }
  }

  /** Lets in, refuses, reports only, is over a limit, and misses a backend. */
  private void traffic() {
    assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
    gateway.get("dead.limited.localhost", limited.token());
    assertThat(limited.statusAt(gateway.port())).isEqualTo(429);
    assertThat(gateway.get("cortex.limited.localhost", visitor.token()).statusCode())
        .isEqualTo(403);
    assertThat(gateway.get("demo.limited.localhost", visitor.token()).statusCode()).isEqualTo(200);
    assertThat(gateway.get("dead.watched.localhost", visitor.token()).statusCode()).isEqualTo(502);
  }

  private static void assertListed(String service, int managementPort) throws IOException {
    MetricNames real = MetricNames.of(managementPort);
    MetricNames listed = MetricNames.listed(service);

    assertThat(real.ours()).as("metrics of the %s", service).isEqualTo(listed.ours());
    Map<String, Set<String>> asked = new TreeMap<>(real.others());
    asked.keySet().retainAll(listed.others().keySet());
    assertThat(asked).as("others of the %s", service).isEqualTo(listed.others());
  }

  /** With what Grafana would put in the place of its variables. */
  private static List<String> queries() throws IOException {
    StringBuilder dashboards = new StringBuilder();
    for (String name : List.of("operator.json", "tenant.json")) {
      dashboards.append(Files.readString(MONITORING.resolve("dashboards").resolve(name)));
    }
    return EXPRESSION.matcher(dashboards).results().map(MonitoringIT::query).toList();
  }

  private static String query(MatchResult expression) {
    return expression
        .group(1)
        .replace("\\\"", "\"")
        .replace("$__rate_interval", "1m")
        .replace("$__range", "1m")
        .replace("$gatehouse", "local")
        .replace("$tenant", "limited");
  }

  private static void assertShows(int port, String query) {
    String answer =
        Http.get(
                port,
                "localhost",
                "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
            .body();
    assertThat(answer).as(query).contains("\"status\":\"success\"").doesNotContain("\"result\":[]");
  }

  private String configuration() {
    return """
    global: {scrape_interval: 1s, evaluation_interval: 1s}
    rule_files: ['%s']
    scrape_configs:
      - job_name: gatehouse-gateway
        static_configs: [{targets: ['127.0.0.1:%d'], labels: {gatehouse_instance: local}}]
      - job_name: gatehouse-tenant-service
        static_configs: [{targets: ['127.0.0.1:%d'], labels: {gatehouse_instance: local}}]
      - job_name: gatehouse-key-service
        static_configs: [{targets: ['127.0.0.1:%d'], labels: {gatehouse_instance: local}}]
    """
        .formatted(
            MONITORING.resolve("rules.yaml"),
            gateway.managementPort(),
            instance.port(Ports.Use.TENANT_SERVICE_MANAGEMENT),
            instance.port(Ports.Use.KEY_SERVICE_MANAGEMENT));
  }
}
