package dev.gatehouse.tenant.audit;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestCalls;
import dev.gatehouse.common.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The seal of the audit log follows the API key, and nothing but the API key. */
class AuditRotationIT {

  private static final String NEW_KEY = "new-api-key-0123456789-0123456789-abcdef";

  private TestDatabase database;

  @BeforeEach
  void thereIsALogSealedWithTheKeyOfTheTests() {
    database = TestDatabase.start();
    try (ServiceProcess service = start(Map.of())) {
      service.asOperator().body("{}").post("/api/v1/feeds/accept").then().statusCode(200);
    }
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void theSealLivesOnWhenTheKeyIsRotated() {
    Map<String, String> rotating =
        Map.of("AUTH_API_KEY", NEW_KEY, "AUTH_API_KEY_PREVIOUS", TestCalls.API_KEY);

    try (ServiceProcess service = start(rotating)) {
      await().atMost(ofMinutes(1)).until(() -> seal().contains("."));
      assertThat(isBroken(service)).isFalse();
      service
          .asOperator()
          .get("/api/v1/audit/verify")
          .then()
          .body("intact", equalTo(true))
          .body("entries", equalTo(1));
    }
    try (ServiceProcess service = start(Map.of("AUTH_API_KEY", NEW_KEY))) {
      await().atMost(ofMinutes(1)).until(() -> !seal().contains("."));
      assertThat(isBroken(service)).isFalse();
    }
  }

  @Test
  void aKeyThatCameFromNowhereBreaksTheSealAndTheServiceGoesOn() {
    String seal = seal();

    try (ServiceProcess service = start(Map.of("AUTH_API_KEY", NEW_KEY))) {
      await().atMost(ofMinutes(1)).until(() -> isBroken(service));
      assertThat(service.log()).contains("THE AUDIT LOG WAS TAMPERED WITH");
    }
    assertThat(seal()).as("what does not verify stays as a proof").isEqualTo(seal);
  }

  private String seal() {
    return database.query("SELECT seal FROM audit_head");
  }

  private ServiceProcess start(Map<String, String> more) {
    Map<String, String> environment = ServiceProcess.environment(database.port());
    environment.putAll(more);
    ServiceProcess service = ServiceProcess.start(environment);
    await().atMost(ofMinutes(2)).until(service::isReady);
    return service;
  }

  private static boolean isBroken(ServiceProcess service) {
    String metrics = service.management().get("/metrics").asString();
    assertThat(metrics).contains("gatehouse_audit_head_broken ");
    return metrics.contains("gatehouse_audit_head_broken 1");
  }
}
