package dev.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.database.Grants;
import dev.gatehouse.common.testing.TwoRoles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the role that migrates gives to the one that works. */
class GrantsTest {

  private static TwoRoles roles;

  @BeforeAll
  static void migrate() {
    roles = new TwoRoles();
    Flyway.configure()
        .dataSource(url(), TwoRoles.OWNER, "")
        .locations("classpath:db/migration")
        .load()
        .migrate();
    roles
        .database()
        .execute(
            """
            CREATE ROLE creator; GRANT CREATE ON SCHEMA public TO creator;
            CREATE ROLE member IN ROLE schema_owner;
            CREATE ROLE former; CREATE TABLE old (); ALTER TABLE old OWNER TO former
            """);
  }

  @AfterAll
  static void stop() {
    roles.close();
  }

  @Test
  void itIsExactlyWhatTheServiceNeeds() throws SQLException {
    give(TwoRoles.SERVICE);

    assertThat(roles.tablesWithWrongRights()).isEqualTo("old");
  }

  @Test
  void whatWasGivenBeforeAndIsNotNeededIsTakenAway() throws SQLException {
    roles.database().execute("GRANT ALL ON audit, former_name, change TO service");

    give(TwoRoles.SERVICE);

    assertThat(may("audit", "UPDATE")).isEqualTo("f");
    assertThat(may("former_name", "DELETE")).isEqualTo("f");
    assertThat(may("change", "TRUNCATE")).isEqualTo("f");
    assertThat(may("audit", "INSERT")).isEqualTo("t");
  }

  @Test
  void severalReplicasMayGiveItAtOnce() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(CompletableFuture.runAsync(() -> giveUnchecked(TwoRoles.SERVICE)));
    }

    assertThat(all).allSatisfy(it -> assertThat(it).succeedsWithin(Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, 'does not exist: create it, with LOGIN and nothing else'",
    "postgres, 'is a superuser'",
    "schema_owner, 'is the role that migrates, or a member of it'",
    "member, 'is the role that migrates, or a member of it'",
    "'x\" TO PUBLIC', 'does not exist'",
    "creator, 'may create tables: REVOKE CREATE ON SCHEMA public FROM PUBLIC, creator'",
    "former, 'owns tables: REASSIGN OWNED BY former TO schema_owner'",
  })
  void aRoleThatCannotBeHeldToItIsRefusedWithTheRemedy(String role, String why) {
    assertThatThrownBy(() -> give(role))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("gatehouse.database.grant-to: the role " + role + " ")
        .hasMessageContaining(why);
  }

  private static String may(String table, String right) {
    return roles
        .database()
        .query("SELECT has_table_privilege('service', '%s', '%s')".formatted(table, right));
  }

  private static void giveUnchecked(String role) {
    try {
      give(role);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void give(String role) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), TwoRoles.OWNER, "")) {
      Grants.give(connection, role);
    }
  }

  private static String url() {
    return roles.database().configuration().get("quarkus.datasource.jdbc.url");
  }
}
