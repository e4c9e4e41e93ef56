package dev.gatehouse.gateway.control;

import static dev.gatehouse.gateway.control.ControlScene.hang;
import static dev.gatehouse.gateway.control.ControlScene.operator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.proxy.RawClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the answer of one service comes back. */
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines with CR LF.
class ServiceAnswerTest {

  private final ControlScene scene = new ControlScene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void theAnswerComesBackWithoutATraceOfTheService() {
    scene.tenants.answers(
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
            + "ETag: \"7\"\r\nLocation: http://tenant-service:8081/api/v1/tenants/newt\r\n"
            + "Server: inner\r\nX-Inner: 1\r\nSet-Cookie: a=b\r\n\r\n{}");

    RawClient.Answer answer = scene.post("/api/v1/tenants", operator(), "{}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.value("etag")).isEqualTo("\"7\"");
    assertThat(answer.value("location")).isEqualTo("/api/v1/tenants/newt");
    assertThat(answer.head()).doesNotContain("tenant-service", "Server", "X-Inner", "Set-Cookie");
  }

  @Test
  void aRedirectLeadsNobodyToAnotherHost() {
    scene.tenants.answers(
        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://evil.test/x\r\n\r\n");

    RawClient.Answer answer = scene.get("/api/v1/tenants");

    assertThat(answer.values("location")).isEmpty();
    assertThat(answer.head()).doesNotContain("evil");
  }

  @Test
  void aServiceThatIsGoneIs503ForItsOwnResourcesOnly() {
    scene.tenants.close();

    RawClient.Answer gone = scene.get("/api/v1/tenants");
    RawClient.Answer there = scene.get("/api/v1/keys");

    assertThat(gone.status()).isEqualTo(503);
    assertThat(gone.code()).isEqualTo("service_unavailable");
    assertThat(Integer.parseInt(gone.value("retry-after"))).isBetween(1, 5);
    assertThat(there.status()).isEqualTo(200);
  }

  @Test
  void aServiceThatHangsIs503InTime() {
    scene.tenants.answers((request, socket) -> hang(request));

    Instant before = Instant.now();
    RawClient.Answer answer = scene.get("/api/v1/tenants");

    assertThat(answer.code()).isEqualTo("service_unavailable");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void aServiceThatDoesNotKnowOurKeyIsNotTheClientsFault() {
    scene.tenants.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");

    RawClient.Answer answer = scene.get("/api/v1/tenants");

    assertThat(answer.code()).isEqualTo("service_unavailable");
  }
}
