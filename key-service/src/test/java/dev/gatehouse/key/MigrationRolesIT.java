package dev.gatehouse.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TwoRoles;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One role migrates, and the service works with another, which has no right to. */
class MigrationRolesIT {

  private static final Neighbours NEIGHBOURS = new Neighbours();
  private static TwoRoles roles;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    roles = new TwoRoles();
    try (ServiceProcess migration = roles.migrate()) {
      assertThat(migration.exitCode(90)).as(migration.log()).isZero();
    }
    String tenants = NEIGHBOURS.start().get("gatehouse.tenant-service.url");
    service = roles.serve(Map.of("GATEHOUSE_TENANT_SERVICE_URL", tenants));
    await().atMost(Duration.ofMinutes(2)).until(service::isReady);
  }

  @AfterAll
  static void stop() {
    service.close();
    NEIGHBOURS.stop();
    roles.close();
  }

  @Test
  void theServiceWorksWithoutARightToTheSchema() {
    NEIGHBOURS.tenants().register("without-rights");
    String key =
        JsonNodeFactory.instance
            .objectNode()
            .put("key", TestKeys.newPublicKey())
            .put("owner", "without-rights")
            .toString();

    service.asOperator().body(key).post("/api/v1/keys").then().statusCode(201);

    service
        .asOperator()
        .get("/api/v1/audit/verify")
        .then()
        .statusCode(200)
        .body("intact", equalTo(true));
    assertThat(roles.tablesWithWrongRights()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE mine (id integer)",
        "DROP TABLE anchor",
        "ALTER TABLE anchor ADD COLUMN mine integer",
        "TRUNCATE audit",
        "UPDATE audit SET content = '{}' WHERE false",
        "UPDATE opstrace_id SET key_id = 'x' WHERE false",
        "DELETE FROM opstrace_id WHERE false",
        "DELETE FROM tenants_feed WHERE false",
        "DELETE FROM flyway_schema_history WHERE false",
      })
  void itsRoleCannotChangeTheSchemaNorWhatIsHistory(String statement) {
    assertThatThrownBy(() -> roles.database().executeAs(TwoRoles.SERVICE, statement))
        .rootCause()
        .message()
        .containsAnyOf("permission denied", "must be owner");
  }
}
