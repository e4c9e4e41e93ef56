package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On real input: one Prometheus writes to another, and is asked, through the gateway. */
@ExtendWith(SharedInstance.class)
class PrometheusIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOST = "prom.metrics.localhost";
  private static final String QUERY = "/api/v1/query?query=up";

  @TempDir Path home;

  @Test
  void samplesGoInAndComeOutForTheirTenantOnlyAndOnlyWhileItsKeyIsTrusted(RunningInstance instance)
      throws Exception {
    Tools.need("prometheus", "promtool");
    int receiverPort = Prometheus.freePort();
    try (Prometheus receiver =
            Prometheus.start(
                home.resolve("receiver"),
                receiverPort,
                "global: {scrape_interval: 1h}\n",
                "--web.enable-remote-write-receiver");
        FurtherGateway further =
            FurtherGateway.up(
                instance,
                home,
                "prometheus",
                Map.of(
                    "gatehouse.apis.prom.upstream", "http://127.0.0.1:" + receiverPort,
                    "gatehouse.apis.prom.catalog", "prometheus",
                    "gatehouse.apis.prom.tenants", "metrics"));
        LocalhostProxy proxy = new LocalhostProxy()) {
      String token = admit(instance, "metrics");
      String strangersToken = admit(instance, "stranger");
      int gateway = further.port();
      try (Prometheus writer = startWriter(gateway, proxy, token)) {

        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(promtool(gateway, proxy, token).out())
                        .contains("job=\"itself\"")
                        .contains("=> 1 @"));
        assertThat(receiver.metric("prometheus_remote_storage_samples_in_total")).isPositive();

        assertThat(get(further, HOST, token).statusCode()).isEqualTo(200);
        assertThat(get(further, HOST, strangersToken).statusCode()).isEqualTo(403);
        assertThat(getFromApiHost(further, token).statusCode()).isEqualTo(200);
        assertThat(getFromApiHost(further, strangersToken).statusCode()).isEqualTo(403);

        double failedBefore = writer.metric("prometheus_remote_storage_samples_failed_total");
        removeKeyOf(instance, "metrics");
        assertThat(get(further, HOST, token).statusCode()).isEqualTo(401);
        await()
            .atMost(SOON)
            .until(
                () ->
                    writer.metric("prometheus_remote_storage_samples_failed_total") > failedBefore);
        assertThat(failedBefore).isZero();
        assertThat(writer.log()).contains("401 Unauthorized");
      }
    }
  }

  private Prometheus startWriter(int gateway, LocalhostProxy proxy, String token)
      throws IOException {
    Path credentials = Files.writeString(home.resolve("metrics.jwt"), token);
    int port = Prometheus.freePort();
    return Prometheus.start(
        home.resolve("writer"),
        port,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: itself
            static_configs:
              - targets: ['127.0.0.1:%d']
        remote_write:
          - url: http://%s:%d/api/v1/write
            proxy_url: %s
            authorization:
              credentials_file: %s
            queue_config:
              batch_send_deadline: 1s
        """
            .formatted(port, HOST, gateway, proxy.url(), credentials));
  }

  /** Each tenant's key is its own, so that one can be removed without the other. */
  private String admit(RunningInstance instance, String tenant) {
    String file = tenant + ".pem";
    succeeds(instance.gatehouse(home, "tenants", "add", "local", tenant, "--wait"));
    succeeds(instance.gatehouse(home, "ta-create-keypair", file, "--type", "ec"));
    succeeds(
        instance.gatehouse(home, "ta-pubkeys-add", "local", file, "--owner", tenant, "--wait"));
    return succeeds(instance.gatehouse(home, "ta-create-token", "local", tenant, file));
  }

  private void removeKeyOf(RunningInstance instance, String owner) {
    String keys = succeeds(instance.gatehouse(home, "ta-pubkeys-list", "local", "--owner", owner));
    succeeds(instance.gatehouse(home, "ta-pubkeys-remove", "local", keys.strip(), "--wait"));
  }

  /** The token goes as a password: this promtool has no other way for credentials. */
  private Run promtool(int gateway, LocalhostProxy proxy, String token) {
    String server = "http://promtool:" + token + "@" + HOST + ":" + gateway;
    return Run.of(
        home,
        Map.of("HTTP_PROXY", proxy.url()),
        List.of("promtool", "query", "instant", server, "up{job=\"itself\"}"));
  }

  private static HttpResponse<String> get(FurtherGateway gateway, String host, String token) {
    return gateway.get(host, QUERY, "Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> getFromApiHost(FurtherGateway gateway, String token) {
    return gateway.get(
        "prom.localhost", QUERY, "Authorization", "Bearer " + token, "X-Tenant-ID", "metrics");
  }

  private static String succeeds(Run run) {
    assertThat(run.exit()).as("it said: %s%s", run.out(), run.err()).isZero();
    return run.out();
  }
}
