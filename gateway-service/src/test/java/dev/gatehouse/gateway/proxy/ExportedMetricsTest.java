package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.gateway.listener.Listener;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That what the documentation promises to operators is what Prometheus gets. */
@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields.
@TestProfile(RunningGatewayTest.Profile.class)
class ExportedMetricsTest {

  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  @Inject Listener listener;

  @TestHTTPResource(management = true)
  URL management;

  RawBackend backend;

  @BeforeEach
  void ask() {
    try (RawClient client = new RawClient(listener.port())) {
      client.send(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), ""));
      assertThat(client.answer().status()).isEqualTo(200);
    }
    await().until(() -> scrape().contains("gatehouse_tenant_requests_total{"));
  }

  @ParameterizedTest
  @CsvSource({
    "gatehouse_requests_seconds, histogram, _bucket, api le operation outcome",
    "gatehouse_requests_seconds, histogram, _count, api operation outcome",
    "gatehouse_tenant_requests_total, counter, '', api outcome tenant",
    "gatehouse_tenant_bytes_total, counter, '', api direction tenant",
    "gatehouse_inflight_requests, gauge, '', ''",
    "gatehouse_token_verifications_total, counter, '', cached result",
    "gatehouse_token_earliest_expiry_seconds, gauge, '', ''",
    "gatehouse_feed_revision, gauge, '', feed",
    "gatehouse_feed_age_seconds, gauge, '', feed",
    "gatehouse_snapshot_entries, gauge, '', kind",
    "gatehouse_connections, gauge, '', ''",
    "gatehouse_upstream_servers, gauge, '', api",
    "gatehouse_upstream_servers_out, gauge, '', api",
    "gatehouse_ready, gauge, '', ''",
    "gatehouse_anchor_next_expiry_timestamp_seconds, gauge, '', owner"
  })
  void aMetricHasItsNameItsTypeItsHelpAndItsLabels(
      String name, String type, String suffix, String labels) throws Exception {
    List<String> lines = scrape().lines().toList();

    assertThat(lines).contains("# TYPE " + name + " " + type);
    assertThat(lines).anyMatch(line -> line.matches("# HELP " + name + " [A-Z].{9,}"));
    List<String> series =
        lines.stream().filter(line -> line.matches(name + suffix + "[{ ].*")).toList();
    assertThat(series).isNotEmpty();
    assertThat(series).allSatisfy(line -> assertThat(labelsOf(line)).isEqualTo(labels));
  }

  @Test
  void everyMetricOfOursHasHelp() throws Exception {
    List<String> lines = scrape().lines().toList();
    Set<String> named = names(lines, "# TYPE ");

    assertThat(named).isNotEmpty().isEqualTo(names(lines, "# HELP "));
  }

  @Test
  void promtoolHasNothingToSayAgainstThem() throws Exception {
    assumeTrue(
        isThere("promtool") || System.getenv("GATEHOUSE_REQUIRE_TOOLS") != null,
        "promtool is not installed");
    String ours =
        scrape()
            .lines()
            .filter(line -> line.matches("(# (HELP|TYPE) )?gatehouse_.*"))
            .collect(Collectors.joining("\n", "", "\n"));

    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    promtool.getOutputStream().write(ours.getBytes(StandardCharsets.UTF_8));
    promtool.getOutputStream().close();

    assertThat(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(promtool.waitFor()).isZero();
  }

  private static String labelsOf(String line) {
    Set<String> labels = new TreeSet<>();
    Matcher matcher = LABEL.matcher(line);
    while (matcher.find()) {
      labels.add(matcher.group(1));
    }
    return String.join(" ", labels);
  }

  private static Set<String> names(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind + "gatehouse_"))
        .map(line -> line.substring(kind.length(), line.indexOf(' ', kind.length())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isThere(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, "--version").redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String scrape() throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + management.getPort() + "/metrics"))
                // The text that promtool reads; in OpenMetrics counters are named without their
                // end.
                .header("Accept", "text/plain; version=0.0.4")
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
