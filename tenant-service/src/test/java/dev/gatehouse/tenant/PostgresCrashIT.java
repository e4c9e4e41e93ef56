package dev.gatehouse.tenant;

import static dev.gatehouse.common.testing.TestCalls.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.ServiceProcess;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresCrashIT {

  private static final int WRITES = 100;
  private static final int WRITERS = 10;
  private static final int WRITTEN_BEFORE_THE_CRASH = 40;

  private final Map<String, Response> answers = new ConcurrentHashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();

  @Test
  void whatWasAcknowledgedIsThereAfterACrashAndNothingIsHalfWritten() {
    int port = ServiceProcess.freePort();
    Map<String, String> environment = ServiceProcess.environment(port);
    environment.put("GATEHOUSE_DATABASE_DEADLINE", "1500ms");
    try (CrashablePostgres database = CrashablePostgres.start(port);
        ServiceProcess service = ServiceProcess.start(environment)) {
      await().atMost(Duration.ofMinutes(2)).until(service::isReady);

      writeWhileItCrashes(service, database);
      database.startAgain();
      await().atMost(Duration.ofMinutes(2)).until(service::isReady);

      answers.forEach((name, answer) -> assertTrue(database, name, answer));
      assertNothingIsHalfWritten(database, service);

      repeatWhatFailed(service);
      assertThat(database.query("SELECT count(*) FROM tenant WHERE name LIKE 'crash-%'"))
          .isEqualTo(Integer.toString(WRITES));
      assertNothingIsHalfWritten(database, service);
    }
  }

  private void writeWhileItCrashes(ServiceProcess service, CrashablePostgres database) {
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, WRITERS)
            .mapToObj(writer -> later(() -> write(service, database, writer)))
            .toList();
    writers.forEach(CompletableFuture::join);
    assertThat(answers).hasSize(WRITES);
    assertThat(answers.values()).extracting(Response::statusCode).containsOnly(201, 503);
  }

  private Void write(ServiceProcess service, CrashablePostgres database, int writer) {
    for (int i = writer; i < WRITES; i += WRITERS) {
      String name = "crash-" + i;
      Response answer = create(service, name);
      answers.put(name, answer);
      if (answer.statusCode() == 201
          && acknowledged.incrementAndGet() == WRITTEN_BEFORE_THE_CRASH) {
        database.kill();
      }
    }
    return null;
  }

  /** What was answered is true; without an answer both is possible, but only as a whole. */
  private static void assertTrue(CrashablePostgres database, String name, Response answer) {
    String stored =
        database.query(
            "SELECT coalesce(max(id || ' ' || revision), 'absent') FROM tenant WHERE name = '"
                + name
                + "'");
    if (answer.statusCode() == 201) {
      JsonPath tenant = answer.jsonPath();
      assertThat(stored)
          .as(name)
          .isEqualTo(tenant.getString("id") + " " + tenant.getLong("revision"));
    } else {
      answer.then().body("code", equalTo("service_unavailable"));
    }
  }

  private static void assertNothingIsHalfWritten(
      CrashablePostgres database, ServiceProcess service) {
    String without =
        database.query(
            """
            SELECT count(*) FROM tenant t WHERE t.name <> '_' AND
              ((SELECT count(*) FROM change c WHERE c.id = t.id AND c.revision = t.revision) <> 1
              OR (SELECT count(*) FROM audit a
                  WHERE a.tenant = t.name AND a.action = 'tenant.create') <> 1)
            """);
    assertThat(without).as("tenants without their change or entry").isEqualTo("0");
    String tenants = database.query("SELECT count(*) FROM tenant WHERE name <> '_'");
    Follower follower = new Follower();
    follower.catchUp(service);
    assertThat(Long.toString(follower.revision())).isEqualTo(tenants);
    assertThat(follower.changes()).hasSize(Integer.parseInt(tenants));
    service
        .asOperator()
        .get("/api/v1/audit/verify")
        .then()
        .statusCode(200)
        .body("intact", equalTo(true))
        .body("entries", equalTo(Integer.parseInt(tenants)));
  }

  private void repeatWhatFailed(ServiceProcess service) {
    answers.forEach(
        (name, answer) -> {
          Response again = create(service, name);
          again.then().statusCode(201).body("name", equalTo(name));
          if (answer.statusCode() == 201) {
            assertThat(again.asString()).isEqualTo(answer.asString());
          }
        });
  }

  private static Response create(ServiceProcess service, String name) {
    return service
        .asOperator()
        .header("Idempotency-Key", "key of " + name)
        .body("{\"name\":\"" + name + "\"}")
        .post("/api/v1/tenants");
  }
}
