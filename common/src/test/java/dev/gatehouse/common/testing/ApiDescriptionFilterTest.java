package dev.gatehouse.common.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real calls to a service that answers whatever a test wants. */
class ApiDescriptionFilterTest {

  private static final String TENANTS = "/api/v1/tenants";
  private static final String NEW = "{\"name\":\"acme\"}";

  private static final String ACME =
      """
      {"id":"3f8a1c52-9a14-4f0e-8b3f-6f0f5f0a7a10","name":"acme","orgId":"acme",
       "status":"active","createdAt":"2026-01-01T00:00:00Z","revision":3}""";

  private final HttpServer service;
  private int status = 201;
  private String body = ACME;
  private boolean tagged = true;

  ApiDescriptionFilterTest() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    service.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("Location", "/api/v1/tenants/acme");
          if (tagged) {
            exchange.getResponseHeaders().set("ETag", "\"3\"");
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void anAnswerThatIsDescribedStaysReadable() {
    assertThat(call().body(NEW).post(TENANTS + "?wait=1s").jsonPath().getString("name"))
        .isEqualTo("acme");
  }

  @Test
  void anAnswerThatIsNotDescribedFailsTheTest() {
    body = ACME.replace("acme", "ACME");

    assertThatThrownBy(() -> call().body(NEW).post(TENANTS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("POST /api/v1/tenants")
        .hasMessageContaining("/name");
  }

  @Test
  void anAnswerWithoutARequiredHeaderFailsTheTest() {
    tagged = false;

    assertThatThrownBy(() -> call().body(NEW).post(TENANTS)).hasMessageContaining("ETag");
  }

  @Test
  void aParameterThatIsAcceptedAndNotDescribedFailsTheTest() {
    assertThatThrownBy(() -> call().body(NEW).post(TENANTS + "?force=true"))
        .hasMessageContaining("force");
  }

  @Test
  void aBodyThatIsAcceptedAndNotDescribedFailsTheTest() {
    assertThatThrownBy(() -> call().body("{\"name\":\"acme\",\"colour\":1}").post(TENANTS))
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> call().contentType("text/plain").body(NEW).post(TENANTS))
        .hasMessageContaining("text/plain");
  }

  @Test
  void nullIsAsGoodAsNothingInABodyThatIsNoPatch() {
    String withNull = "{\"name\":\"acme\",\"limits\":{\"openStreams\":null},\"orgId\":null}";

    assertThat(call().body(withNull).post(TENANTS).statusCode()).isEqualTo(201);

    status = 200;
    assertThatThrownBy(() -> call().body("{\"status\":null}").patch(TENANTS + "/acme"))
        .hasMessageContaining("/status");
  }

  @Test
  void whatIsNotPublicOrTheGatewaysOwnIsNotLookedAt() {
    status = 200;
    body = "{\"head\":1}";

    assertThat(call().get("/internal/v1/changes").statusCode()).isEqualTo(200);
    assertThat(call().get("/api/v1/gateways").statusCode()).isEqualTo(200);
    assertThat(call().body("{}").post("/api/v1/feeds/accept").statusCode()).isEqualTo(200);
  }

  private RequestSpecification call() {
    return RestAssured.given()
        .filter(ApiDescription.filter())
        .port(service.getAddress().getPort())
        .contentType("application/json");
  }
}
