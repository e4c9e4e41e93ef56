package dev.gatehouse.tenant.http;

import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class ManagementPortTest {

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @BeforeEach
  void whenReady() {
    untilReady();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/health/started"})
  void healthIsAnsweredWithoutAKey(String path) {
    given().get(management.resolve(path)).then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void metricsAreAnsweredWithoutAKey() {
    given()
        .get(management.resolve("/metrics"))
        .then()
        .statusCode(200)
        .body(containsString("jvm_memory_used_bytes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/tenants",
        "/api/v1/openapi",
        "/openapi",
        "/q/openapi",
        "/swagger-ui"
      })
  void nothingElseIsThere(String path) {
    given().get(management.resolve(path)).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/ready", "/metrics", "/q/health", "/q/metrics"})
  void nothingOfItIsOnTheHttpPort(String path) {
    asOperator().get(path).then().statusCode(404);
  }
}
