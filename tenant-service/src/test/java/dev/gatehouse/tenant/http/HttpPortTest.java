package dev.gatehouse.tenant.http;

import static dev.gatehouse.common.testing.TestCalls.API_KEY;
import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import dev.gatehouse.common.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class HttpPortTest {

  @TestHTTPResource URI http;

  @BeforeEach
  void whenReady() {
    untilReady();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tenants",
        "/api/v1/tenants/acme",
        "/api/v1/rollouts/tenants/1",
        "/api/v1/openapi",
        "/internal/v1/changes",
        "/nowhere",
        "/",
        "/q/openapi",
        "/metrics",
        "/health",
        "//",
      })
  void nothingIsAnsweredWithoutTheApiKey(String path) {
    given()
        .header("X-Tenant-ID", "*")
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"))
        .body("code", equalTo("api_key_refused"))
        .body("detail", equalTo("The header X-API-Key is missing"));
  }

  @Test
  void aWrongApiKeyIsRefused() {
    given()
        .header("X-API-Key", API_KEY.substring(1))
        .header("X-Tenant-ID", "*")
        .get("/api/v1/tenants")
        .then()
        .statusCode(401)
        .body("code", equalTo("api_key_refused"));
  }

  @Test
  void twoApiKeysAreRefusedEvenIfBothAreRight() {
    given()
        .header("X-API-Key", API_KEY, API_KEY)
        .header("X-Tenant-ID", "*")
        .get("/api/v1/tenants")
        .then()
        .statusCode(401)
        .body("code", equalTo("api_key_refused"));
  }

  @Test
  void theRightApiKeyIsAccepted() {
    asOperator()
        .get("/api/v1/tenants")
        .then()
        .statusCode(200)
        .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
  }

  @Test
  void aCallNamesExactlyOneTenant() {
    given()
        .header("X-API-Key", API_KEY)
        .get("/api/v1/tenants")
        .then()
        .statusCode(400)
        .body("code", equalTo("tenant_required"));
    given()
        .header("X-API-Key", API_KEY)
        .header("X-Tenant-ID", "acme", "acme")
        .get("/api/v1/tenants")
        .then()
        .statusCode(400)
        .body("code", equalTo("tenant_required"));
    as("Acme")
        .get("/api/v1/tenants")
        .then()
        .statusCode(400)
        .body("code", equalTo("tenant_name_invalid"));
  }

  @Test
  void aUsernameIsChecked() {
    as("acme").header("X-Username", "*").get("/api/v1/tenants").then().statusCode(400);
    as("acme").header("X-Username", "alice").get("/api/v1/tenants").then().statusCode(200);
    as("acme")
        .header("X-Username", "alice", "bob")
        .get("/api/v1/tenants")
        .then()
        .statusCode(400)
        .body("code", equalTo("header_refused"));
  }

  @Test
  void aProblemIsOneLineWithCodeAndDetailFirst() {
    String body = asOperator().get("/nowhere").then().statusCode(404).extract().asString();

    assertThat(body)
        .doesNotContain("\n")
        .matches(
            "\\{\"code\":\"route_unknown\",\"detail\":\"[^\"]+\",\"status\":404,"
                + "\"title\":\"Not found\",\"type\":\"https://gatehouse.dev/errors#route_unknown\","
                + "\"requestId\":\"[0-9a-f]{16}\"}");
  }

  @Test
  void anotherMethodIsNotAllowed() {
    asOperator()
        .put("/api/v1/tenants")
        .then()
        .statusCode(405)
        .body("code", equalTo("method_not_allowed"));
  }

  @Test
  void anotherContentTypeIsNotSupported() {
    asOperator()
        .contentType("text/plain")
        .body("{\"name\":\"acme\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(415)
        .body("code", equalTo("media_type_unsupported"));
  }

  @Test
  void anotherAnswerIsNotAcceptable() {
    asOperator()
        .accept("text/html")
        .get("/api/v1/tenants")
        .then()
        .statusCode(406)
        .body("code", equalTo("not_acceptable"));
  }

  @Test
  void aBodyOverOneMebibyteIsTooLarge() {
    asOperator()
        .body("{\"name\":\"" + "a".repeat(1 << 20) + "\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(413)
        .body("code", equalTo("body_too_large"));
  }

  @Test
  void aChunkedBodyOverOneMebibyteIsTooLarge() throws IOException {
    String head =
        "POST /api/v1/tenants HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
            + API_KEY
            + "\r\nX-Tenant-ID: *\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";

    String answer;
    try (Socket socket = new Socket(http.getHost(), http.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      try {
        for (int i = 0; i < 17; i++) {
          socket.getOutputStream().write(chunk.getBytes(StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        assertThat(e).as("refused while being sent").isNotNull();
      }
      answer = readAll(socket.getInputStream());
    }

    assertThat(answer).startsWith("HTTP/1.1 413").contains("body_too_large");
  }

  @Test
  void anEmptyChunkedBodyIsAnsweredAtOnce() throws IOException {
    String request =
        "POST /api/v1/tenants HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
            + API_KEY
            + "\r\nX-Tenant-ID: *\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n";

    String answer;
    try (Socket socket = new Socket(http.getHost(), http.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      answer = readAll(socket.getInputStream());
    }

    assertThat(answer).startsWith("HTTP/1.1 400").contains("request_malformed");
  }

  @Test
  void noServerNamesItself() {
    asOperator()
        .get("/api/v1/tenants")
        .then()
        .header("Content-Type", startsWith("application/json"));
    assertThat(asOperator().get("/api/v1/tenants").headers().asList())
        .noneMatch(header -> header.getName().toLowerCase(Locale.ROOT).equals("server"));
  }

  private static String readAll(InputStream in) {
    StringBuilder all = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        all.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return all.toString();
    }
    return all.toString();
  }
}
