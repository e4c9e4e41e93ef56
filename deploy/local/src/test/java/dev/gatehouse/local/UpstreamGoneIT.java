package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Design §8: an upstream that is gone is missing for its api only. */
@ExtendWith(SharedInstance.class)
class UpstreamGoneIT {

  /** More than it takes to leave a server alone for a while. */
  private static final int QUERIES = 10;

  @TempDir Path home;

  @Test
  void onlyItsApiAnswers502AndItComesBackByItself(RunningInstance instance) {
    int backendPort = FurtherService.freePort();
    int demo = instance.port(Ports.Use.DEMO_BACKEND);
    Wire backend = Wire.from(backendPort, demo);
    Map<String, String> tempo =
        Map.of("gatehouse.apis.tempo.upstream", "http://127.0.0.1:" + backendPort);
    try (FurtherGateway gateway = FurtherGateway.up(instance, home, "upstream", tempo)) {
      Visitor visitor = Visitor.admitted(instance, home, "upstream");
      assertThat(search(gateway, visitor).statusCode()).isEqualTo(200);

      backend.close();
      for (int i = 0; i < QUERIES; i++) {
        HttpResponse<String> gone = search(gateway, visitor);
        assertThat(gone.statusCode()).isEqualTo(502);
        assertThat(gone.body())
            .startsWith("{\"code\":\"upstream_unreachable\"")
            .doesNotContain("127.0.0.1", String.valueOf(backendPort));
        assertThat(visitor.statusAt(gateway.port())).isEqualTo(200);
      }
      Commands.succeeds(gateway.gatehouse(instance, home, "tenants", "add", "local", "meanwhile"));

      assertThat(gateway.isReady()).isTrue();
      assertThat(errors(gateway, "connect")).isBetween(1.0, (double) QUERIES);
      // The one connection that was kept, if the first query meets it as it breaks.
      assertThat(errors(gateway, "broken")).isBetween(0.0, 1.0);
      assertThat(gateway.metric("gatehouse_upstream_errors_total", "api=\"tempo\""))
          .isEqualTo(errors(gateway, "connect") + errors(gateway, "broken"));
      assertThat(gateway.metric("gatehouse_upstream_errors_total", "api=\"cortex\"")).isZero();
      assertThat(gateway.metric("gatehouse_upstream_servers_out", "api=\"tempo\"")).isEqualTo(1);
      assertThat(
              gateway.metric(
                  "gatehouse_requests_seconds_count",
                  "api=\"tempo\"",
                  "outcome=\"upstream_unreachable\""))
          .isEqualTo(QUERIES);

      backend = Wire.from(backendPort, demo);
      await().until(() -> search(gateway, visitor).statusCode() == 200);
      assertThat(gateway.metric("gatehouse_upstream_servers_out", "api=\"tempo\"")).isZero();
    } finally {
      backend.close();
    }
  }

  private static double errors(FurtherGateway gateway, String reason) {
    return gateway.metric(
        "gatehouse_upstream_errors_total", "api=\"tempo\"", "reason=\"" + reason + "\"");
  }

  private static HttpResponse<String> search(FurtherGateway gateway, Visitor visitor) {
    return visitor.ask(gateway.port(), "tempo", "/api/search");
  }
}
