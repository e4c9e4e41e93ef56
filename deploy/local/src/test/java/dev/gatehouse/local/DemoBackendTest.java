package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoBackendTest {
  private DemoBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = new DemoBackend(0);
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void itAnswersWithTheTenantItWasGiven() throws ParseException {
    Map<String, Object> answer =
        json(request("/api/v1/labels").header("X-Scope-OrgID", "acme.pay").build());

    assertThat(answer)
        .containsEntry("status", "success")
        .containsEntry("tenant", "acme.pay")
        .containsEntry("method", "GET")
        .containsEntry("path", "/api/v1/labels")
        .containsEntry("data", List.of("__name__", "instance", "job"));
  }

  @Test
  void itSaysHowMuchItReceived() throws ParseException {
    Map<String, Object> answer =
        json(
            request("/api/v1/push")
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
                .build());

    assertThat(answer).containsEntry("received", 100_000L).containsEntry("tenant", "");
  }

  @Test
  void aHeadRequestHasNoBody() {
    HttpResponse<String> answer =
        Http.send(request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + backend.port() + path));
  }

  private static Map<String, Object> json(HttpRequest request) throws ParseException {
    return JSONObjectUtils.parse(Http.send(request).body());
  }
}
