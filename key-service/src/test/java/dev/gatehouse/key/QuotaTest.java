package dev.gatehouse.key;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No tenant exhausts the instance. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class QuotaTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private String acme;
  private String nested;
  private String other;

  @BeforeEach
  void tenants() {
    String unique = Long.toString(System.nanoTime(), 36);
    acme = "acme-" + unique;
    nested = acme + ":pay";
    other = "other-" + unique;
    tenants.register(acme);
    tenants.register(nested);
    tenants.register(other);
  }

  @AfterEach
  void clear() {
    for (String table : new String[] {"anchor", "revocation"}) {
      database.execute("DELETE FROM " + table + " WHERE owner = '" + acme + "'");
    }
  }

  @Test
  void aTenantAndThoseNestedInItHaveAThousandKeys() {
    database.execute(
        """
        CREATE TEMPORARY TABLE many AS
          SELECT encode(sha256(convert_to('%1$s' || n, 'UTF8')), 'hex') AS hash
          FROM generate_series(1, 999) n;
        INSERT INTO opstrace_id SELECT left(hash, 40), left(hash, 43) FROM many;
        INSERT INTO anchor (id, key_id, opstrace_id, spki, algorithm, owner, owner_id, scopes,
                            created_at, revision)
        SELECT gen_random_uuid(), left(hash, 43), left(hash, 40), 'AA==', 'RSA', '%1$s',
               gen_random_uuid(), '*:read', now(), 0 FROM many;
        """
            .formatted(acme));

    addKey(as(nested), nested).statusCode(201);
    addKey(as(nested), nested).statusCode(403).body("code", equalTo("quota_exceeded"));
    addKey(as(other), other).statusCode(201);
    addKey(asOperator(), nested).statusCode(201);
  }

  @Test
  void andTenThousandRevocations() {
    database.execute(
        """
        INSERT INTO revocation (id, owner, owner_id, type, value, content_hash, created_at, revision)
        SELECT gen_random_uuid(), '%1$s', gen_random_uuid(), 'tenant', '%1$s', '%1$s' || n, now(), 0
        FROM generate_series(1, 9999) n
        """
            .formatted(acme));

    revoke(as(acme), acme).statusCode(201);
    revoke(as(acme), nested).statusCode(403).body("code", equalTo("quota_exceeded"));
    revoke(as(acme), acme).statusCode(201);
    revoke(as(other), other).statusCode(201);
  }

  private static ValidatableResponse addKey(RequestSpecification caller, String owner) {
    return caller
        .body(
            JsonNodeFactory.instance
                .objectNode()
                .put("key", TestKeys.newPublicKey())
                .put("owner", owner)
                .toString())
        .post("/api/v1/keys")
        .then();
  }

  private static ValidatableResponse revoke(RequestSpecification caller, String tenant) {
    return caller.body("{\"tenant\":\"%s\"}".formatted(tenant)).post("/api/v1/revocations").then();
  }
}
