package dev.gatehouse.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** From the first released schema to the newest, with what was in it. */
class MigrationTest {

  private static final String FIRST_RELEASE = "3";

  @Test
  void aFilledDatabaseOfTheFirstReleaseIsCarriedOver() {
    try (TestDatabase database = TestDatabase.start()) {
      flyway(database).target(FIRST_RELEASE).load().migrate();
      fill(database);

      flyway(database).load().migrate();

      assertThat(
              database.query(
                  "SELECT count(*) FROM anchor WHERE tokens_not_before IS NULL"
                      + " AND last_used_at IS NULL AND personal_issuer IS NULL"))
          .isEqualTo("2");
      assertThat(database.query("SELECT name || ' ' || url FROM issuer"))
          .isEqualTo("default https://idp.example");
      assertThat(database.query("SELECT revision FROM feed_head")).isEqualTo("2");
      assertThat(database.query("SELECT count(*) FROM change")).isEqualTo("2");
      assertThat(
              database.query("SELECT coalesce(epoch::text, 'none') || revision FROM tenants_feed"))
          .isEqualTo("none0");
    }
  }

  @Test
  void anEmptyDatabaseGetsTheSame() {
    try (TestDatabase database = TestDatabase.start()) {
      flyway(database).load().migrate();

      assertThat(database.query("SELECT count(*) FROM revocation")).isEqualTo("0");
      assertThat(database.query("SELECT count(*) FROM tenants_feed")).isEqualTo("1");
    }
  }

  private static void fill(TestDatabase database) {
    database.execute(
        """
        INSERT INTO opstrace_id VALUES (repeat('a', 40), repeat('A', 43));
        INSERT INTO anchor (id, key_id, opstrace_id, spki, algorithm, size, owner, owner_id, scopes,
                            created_at, revision)
        VALUES (gen_random_uuid(), repeat('A', 43), repeat('a', 40), 'AA==', 'RSA', 2048, '*', NULL,
                '*:read *:write', now(), 1),
               (gen_random_uuid(), repeat('A', 43), repeat('a', 40), 'AA==', 'RSA', 2048, 'acme',
                gen_random_uuid(), '*:read', now(), 2);
        INSERT INTO issuer (id, name, url, entry, revision, next_fetch_at, failures)
        VALUES (gen_random_uuid(), 'default', 'https://idp.example',
                '{"name":"default","issuer":"https://idp.example","audiences":["a"],'
                '"claimsNamespace":"","maySpeakFor":"*","defaultScopes":[],"keys":[]}', 0, now(), 0);
        INSERT INTO change VALUES (1, 'anchor', gen_random_uuid(), now(), '{}', repeat('1', 64)),
                                  (2, 'anchor', gen_random_uuid(), now(), '{}', repeat('2', 64));
        UPDATE feed_head SET revision = 2, hash = repeat('2', 64);
        """);
  }

  private static FluentConfiguration flyway(TestDatabase database) {
    return Flyway.configure()
        .dataSource(
            database.configuration().get("quarkus.datasource.jdbc.url"), "postgres", "postgres")
        .locations("classpath:db/migration");
  }
}
