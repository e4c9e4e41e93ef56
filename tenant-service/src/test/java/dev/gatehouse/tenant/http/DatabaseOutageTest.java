package dev.gatehouse.tenant.http;

import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.tenant.ImpatientPostgres;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ImpatientPostgres.class)
class DatabaseOutageTest {

  /** What is promised is 2 s; the rest is for a busy build machine. */
  private static final long LONGEST_MILLIS = 3_000;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  TestDatabase database;

  @BeforeEach
  void allIsWell() {
    await().atMost(Duration.ofSeconds(30)).until(() -> ready().statusCode() == 200);
    // What the test before left behind may hold connections until it is rolled back.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> asOperator().get("/api/v1/tenants").statusCode() == 200);
  }

  @AfterEach
  void goOn() {
    database.goOn();
    await().atMost(Duration.ofSeconds(60)).until(() -> ready().statusCode() == 200);
  }

  @Test
  void aDatabaseThatHangsIsAnswered503InTime() {
    database.hang();

    unavailable(() -> asOperator().get("/api/v1/tenants"));
    unavailable(() -> asOperator().get("/api/v1/tenants/acme"));
    unavailable(() -> asOperator().body("{\"name\":\"hung\"}").post("/api/v1/tenants"));
    unavailable(() -> asOperator().get("/api/v1/rollouts/tenants/1"));
    unavailable(() -> asOperator().get("/internal/v1/changes?watcher=w&since=0&wait=0s"));
  }

  @Test
  void aServiceWhoseDatabaseHangsIsLiveButNotReady() {
    database.hang();

    long started = System.nanoTime();
    ready().then().statusCode(503);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started))
        .isLessThan(LONGEST_MILLIS);
    given().get(management.resolve("/health/live")).then().statusCode(200);
  }

  @Test
  void theMetricSaysSoAndTakesItBack() {
    await().atMost(Duration.ofSeconds(60)).until(() -> databaseUp().equals("1.0"));

    database.hang();
    await().atMost(Duration.ofSeconds(60)).until(() -> databaseUp().equals("0.0"));

    database.goOn();
    await().atMost(Duration.ofSeconds(60)).until(() -> databaseUp().equals("1.0"));
  }

  @Test
  void aFloodDuringAnOutageIsAnsweredAndLeavesNothingBehind() {
    database.hang();
    List<CompletableFuture<Response>> flood =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    later(
                        () ->
                            asOperator()
                                .body("{\"name\":\"flood-" + i + "\"}")
                                .post("/api/v1/tenants")))
            .toList();
    assertThat(flood).allSatisfy(it -> assertThat(it.join().statusCode()).isEqualTo(503));

    database.goOn();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> asOperator().get("/api/v1/tenants").statusCode() == 200);
    String halfWritten =
        database.query(
            "SELECT count(*) FROM tenant t WHERE t.id <> '00000000-0000-0000-0000-000000000000'"
                + " AND NOT EXISTS (SELECT 1 FROM change c WHERE c.revision = t.revision"
                + " AND c.id = t.id) AND t.name LIKE 'flood-%'");
    assertThat(halfWritten).isEqualTo("0");
  }

  @Test
  void itGoesOnByItselfWhenTheDatabaseDoes() {
    database.hang();
    unavailable(() -> asOperator().get("/api/v1/tenants"));

    database.goOn();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> asOperator().get("/api/v1/tenants").statusCode() == 200);
    asOperator().body("{\"name\":\"afterwards\"}").post("/api/v1/tenants").then().statusCode(201);
  }

  private static void unavailable(Supplier<Response> call) {
    long started = System.nanoTime();
    Response answer = call.get();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    answer
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("code", equalTo("service_unavailable"));
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 5);
    assertThat(millis).isLessThan(LONGEST_MILLIS);
  }

  private String databaseUp() {
    String metrics = given().get(management.resolve("/metrics")).asString();
    assertThat(metrics).contains("# HELP gatehouse_database_up ");
    return metrics
        .lines()
        .filter(line -> line.startsWith("gatehouse_database_up "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .collect(Collectors.joining());
  }

  private Response ready() {
    return given().get(management.resolve("/health/ready"));
  }
}
