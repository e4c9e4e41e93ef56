package dev.gatehouse.tenant;

import static dev.gatehouse.common.testing.ServiceProcess.environment;
import static dev.gatehouse.common.testing.ServiceProcess.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestCalls;
import dev.gatehouse.common.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartIT {

  private static final Duration LONG = Duration.ofSeconds(90);

  @Test
  void withoutAnApiKeyTheServiceRefusesToStart() {
    Map<String, String> environment = environment(freePort());
    environment.remove("AUTH_API_KEY");

    try (ServiceProcess service = ServiceProcess.start(environment)) {
      assertThat(service.exitCode(90)).isNotZero();
      assertThat(service.log())
          .contains(
              "AUTH_API_KEY is not set. Give all three services the same random value of at least"
                  + " 32 characters.")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void withAShortApiKeyTheServiceRefusesToStartAndDoesNotPrintIt() {
    Map<String, String> environment = environment(freePort());
    environment.put("AUTH_API_KEY", "s3cret-but-short");

    try (ServiceProcess service = ServiceProcess.start(environment)) {
      assertThat(service.exitCode(90)).isNotZero();
      assertThat(service.log())
          .contains("AUTH_API_KEY has 16 characters")
          .doesNotContain("s3cret-but-short");
    }
  }

  @Test
  void withoutADatabaseTheServiceIsNotReadyAndKeepsTrying() {
    int port = freePort();

    try (ServiceProcess service = ServiceProcess.start(environment(port))) {
      await().atMost(LONG).until(service::isLive);
      assertThat(service.isReady()).isFalse();
      assertThat(service.asOperator().get("/api/v1/tenants").statusCode()).isEqualTo(503);

      try (TestDatabase database = TestDatabase.start(port)) {
        await().atMost(LONG).until(service::isReady);
        assertThat(service.asOperator().get("/api/v1/tenants").statusCode()).isEqualTo(200);
        assertThat(database.query("SELECT count(*) FROM tenant")).isEqualTo("1");
      }
      assertThat(service.log()).doesNotContain(TestCalls.API_KEY).doesNotContain("password");
    }
  }
}
