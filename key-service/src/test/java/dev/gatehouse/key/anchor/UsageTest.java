package dev.gatehouse.key.anchor;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.key.anchor.KeyCalls.KEY;
import static dev.gatehouse.key.anchor.KeyCalls.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When keys were last used. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class UsageTest {

  private static final String USAGE = "/internal/v1/usage";

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private String acme;

  @BeforeEach
  void anOwner() {
    acme = "acme-" + Long.toString(System.nanoTime(), 36);
    tenants.register(acme);
  }

  @Test
  void useIsRememberedWithoutChangingTheKey() {
    String id = add(as(acme), acme);
    long head = FeedReader.head();
    long used = Instant.now().getEpochSecond() - 300;
    as(acme).get(KEY, id).then().body("lastUsedAt", nullValue());

    report(id, used);
    report(id, used - 100);
    report(id, used + 30);

    as(acme)
        .get(KEY, id)
        .then()
        .body("lastUsedAt", equalTo(Instant.ofEpochSecond(used).toString()));
    report(id, used + 60);
    as(acme)
        .get(KEY, id)
        .then()
        .body("lastUsedAt", equalTo(Instant.ofEpochSecond(used + 60).toString()));
    assertThat(FeedReader.head()).isEqualTo(head);
    as(acme)
        .body("{\"description\":\"x\"}")
        .patch(KEY, id)
        .then()
        .body("lastUsedAt", notNullValue());
    as(acme).get(KEY, id).then().body("lastUsedAt", notNullValue());
  }

  @Test
  void reportsOfUseComeFromWhoReachesEveryTenant() {
    as(acme).body("{\"keys\":[]}").post(USAGE).then().statusCode(403);
    asOperator().body("{\"keys\":[]}").post(USAGE).then().statusCode(204);
    asOperator().body("{}").post(USAGE).then().statusCode(400);
    asOperator()
        .body("{\"keys\":[{\"id\":\"x\",\"lastUsedAt\":1}]}")
        .post(USAGE)
        .then()
        .statusCode(400);
    asOperator()
        .body("{\"keys\":[{\"id\":\"00000000-0000-0000-0000-000000000000\",\"lastUsedAt\":1}]}")
        .post(USAGE)
        .then()
        .statusCode(204);
  }

  private void report(String id, long at) {
    String anchor = database.query("SELECT id FROM anchor WHERE key_id = '" + id + "'");
    asOperator()
        .body("{\"keys\":[{\"id\":\"%s\",\"lastUsedAt\":%d}]}".formatted(anchor, at))
        .post(USAGE)
        .then()
        .statusCode(204);
  }
}
