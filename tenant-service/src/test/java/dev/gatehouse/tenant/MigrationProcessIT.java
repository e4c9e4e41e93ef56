package dev.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TwoRoles;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that only migrates: how it ends, and what it leaves alone. */
class MigrationProcessIT {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String GRANT_TO = "GATEHOUSE_DATABASE_GRANT_TO";
  private static final String TIMEOUT = "GATEHOUSE_DATABASE_MIGRATIONS_TIMEOUT";

  private TwoRoles roles;

  @BeforeEach
  void start() {
    roles = new TwoRoles();
  }

  @AfterEach
  void stop() {
    roles.close();
  }

  @Test
  void withoutADatabaseItGivesUpAfterTheTimeOutAndSaysWhy() {
    String nowhere = "jdbc:postgresql://127.0.0.1:" + ServiceProcess.freePort() + "/postgres";

    try (ServiceProcess migration =
        roles.migrate("QUARKUS_DATASOURCE_JDBC_URL", nowhere, TIMEOUT, "3s")) {
      assertThat(migration.exitCode(90)).isEqualTo(1);
      assertThat(migration.log())
          .contains(
              "The database is not migrated (gatehouse.database.migrations-timeout is PT3S):"
                  + " Connection refused")
          .doesNotContain("\tat ")
          .doesNotContain("Listening on");
    }
  }

  @Test
  void aRoleThatCannotBeHeldToItsRightsIsRefusedWithTheRemedy() {
    try (ServiceProcess migration = roles.migrate(GRANT_TO, "postgres", TIMEOUT, "5s")) {
      assertThat(migration.exitCode(90)).isEqualTo(1);
      assertThat(migration.log())
          .contains("gatehouse.database.grant-to: the role postgres is a superuser");
    }
  }

  @Test
  void aProcessThatIsToldToEndWhileItWaitsEnds() {
    String nowhere = "jdbc:postgresql://127.0.0.1:" + ServiceProcess.freePort() + "/postgres";

    try (ServiceProcess migration = roles.migrate("QUARKUS_DATASOURCE_JDBC_URL", nowhere)) {
      await().atMost(LONG).until(() -> migration.log().contains("cannot be migrated yet"));

      migration.terminate();

      assertThat(migration.exitCode(30)).isNotZero();
    }
  }

  /** A pod of the version before comes again in the middle of an upgrade. */
  @Test
  void aNewerSchemaIsServedAndItsRightsAreLeftAlone() {
    migrated();
    roles
        .database()
        .execute(
            """
            INSERT INTO flyway_schema_history
              (installed_rank, version, description, type, script, installed_by, execution_time,
               success)
            VALUES (1000, '999', 'expand', 'SQL', 'V999__expand.sql', 'schema_owner', 1, true);
            ALTER TABLE tenant ADD COLUMN expanded text NOT NULL DEFAULT 'new';
            GRANT REFERENCES ON tenant TO service
            """);

    migrated();

    assertThat(
            roles.database().query("SELECT has_table_privilege('service','tenant','REFERENCES')"))
        .isEqualTo("t");
    try (ServiceProcess service = roles.serve(Map.of())) {
      await().atMost(LONG).until(service::isReady);
      service
          .asOperator()
          .body("{\"name\":\"old\"}")
          .post("/api/v1/tenants")
          .then()
          .statusCode(201);
    }
  }

  @Test
  void aRightThatIsNeededNoMoreIsTakenAway() {
    migrated();
    roles.database().execute("GRANT ALL ON audit TO service");

    migrated();

    assertThat(roles.tablesWithWrongRights()).isEmpty();
  }

  @Test
  void aSchemaThatIsOlderIsWaitedFor() {
    migrated();
    roles
        .database()
        .execute("DROP TABLE demand; DELETE FROM flyway_schema_history WHERE version = '11'");
    try (ServiceProcess service = roles.serve(Map.of())) {
      await().atMost(LONG).until(() -> service.log().contains("not applied to database: 11"));
      assertThat(service.isReady()).isFalse();

      migrated();

      await().atMost(LONG).until(service::isReady);
    }
  }

  private void migrated() {
    try (ServiceProcess migration = roles.migrate()) {
      assertThat(migration.exitCode(90)).as(migration.log()).isZero();
    }
  }
}
