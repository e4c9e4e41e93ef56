package dev.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TwoRoles;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One role migrates, and the service works with another, which has no right to. */
class MigrationRolesIT {

  private static final Duration LONG = Duration.ofMinutes(2);

  private static TwoRoles roles;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    roles = new TwoRoles();
    service = roles.serve(Map.of());
    await().atMost(LONG).until(service::isLive);
    await().atMost(LONG).until(() -> service.log().contains("The database is not migrated yet"));
    assertThat(service.isReady()).isFalse();
    assertThat(roles.database().query("SELECT to_regclass('tenant')")).isEqualTo("null");

    try (ServiceProcess migration = roles.migrate()) {
      assertThat(migration.exitCode(90)).as(migration.log()).isZero();
      assertThat(migration.log())
          .contains("The database is migrated, and service has the rights of the service")
          .doesNotContain("Listening on")
          .doesNotContain("\tat ");
    }
    await().atMost(LONG).until(service::isReady);
  }

  @AfterAll
  static void stop() {
    service.close();
    roles.close();
  }

  @Test
  void theServiceWorksWithoutARightToTheSchema() {
    service
        .asOperator()
        .body("{\"name\":\"without-rights\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);

    service.asOperator().delete("/api/v1/tenants/without-rights").then().statusCode(200);
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
        "DROP TABLE tenant",
        "ALTER TABLE tenant ADD COLUMN mine integer",
        "CREATE INDEX mine ON tenant (status)",
        "ALTER TABLE feed_head DISABLE TRIGGER feed_head_moved",
        "CREATE OR REPLACE FUNCTION gatehouse_notify() RETURNS trigger LANGUAGE sql AS ''",
        "TRUNCATE audit",
        "UPDATE audit SET content = '{}' WHERE false",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "UPDATE change SET content = NULL WHERE false",
        "DELETE FROM feed_head WHERE false",
        "DELETE FROM audit_head WHERE false",
        "DELETE FROM former_name WHERE false",
        "UPDATE former_org_id SET org_id = 'x' WHERE false",
        "DELETE FROM flyway_schema_history WHERE false",
        "SET ROLE schema_owner",
      })
  void itsRoleCannotChangeTheSchemaNorWhatIsHistory(String statement) {
    assertThatThrownBy(() -> roles.database().executeAs(TwoRoles.SERVICE, statement))
        .rootCause()
        .message()
        .containsAnyOf("permission denied", "must be owner");
  }

  @Test
  void theRoleThatMigratesMayDoWhatTheOtherOneMayNot() {
    assertThatCode(
            () ->
                roles
                    .database()
                    .executeAs(TwoRoles.OWNER, "CREATE TABLE mine (id integer); DROP TABLE mine"))
        .doesNotThrowAnyException();
  }
}
