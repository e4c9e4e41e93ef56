package dev.gatehouse.key;

import static dev.gatehouse.common.testing.TestCalls.asOperator;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.fake.Neighbours;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class PortsTest {

  @SuppressWarnings("NullAway.Init")
  @TestHTTPResource(value = "/", management = true)
  URI management;

  @ParameterizedTest
  @ValueSource(strings = {"metrics", "health/live", "health/ready", "health/started"})
  void metricsAndHealthAreOnTheManagementPortOnly(String path) {
    RestAssured.get(management.resolve(path)).then().statusCode(200);
    RestAssured.get("/" + path).then().statusCode(401);
    asOperator().get("/" + path).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api/v1/keys", "internal/v1/changes", "api/v1/openapi", "q/dev-ui", "openapi"})
  void nothingElseIsThere(String path) {
    RestAssured.get(management.resolve(path)).then().statusCode(404);
  }
}
