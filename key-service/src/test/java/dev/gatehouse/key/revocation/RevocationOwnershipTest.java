package dev.gatehouse.key.revocation;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose revocations are whose. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class RevocationOwnershipTest {

  private static final String PATH = "/api/v1/revocations";
  private static final String ONE = PATH + "/{id}";

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  private String acme;
  private String nested;
  private String other;

  @BeforeEach
  void threeTenants() {
    String unique = Long.toString(System.nanoTime(), 36);
    acme = "acme-" + unique;
    nested = acme + ":pay";
    other = "other-" + unique;
    List.of(acme, nested, other).forEach(tenants::register);
  }

  @Test
  void anOperatorsRevocationIsForEveryTenantUnlessAnOwnerIsNamed() {
    post(asOperator(), tenantOf(acme)).statusCode(201).body("owner", equalTo("*"));
    post(asOperator(), "{\"tenant\":\"%s\",\"owner\":\"%s\"}".formatted(acme, acme))
        .statusCode(201)
        .body("owner", equalTo(acme));
  }

  @Test
  void nobodyRevokesForOthersOrForThoseAbove() {
    for (String owner : List.of(other, "no-such-tenant")) {
      post(as(acme), "{\"tenant\":\"%s\",\"owner\":\"%s\"}".formatted(owner, owner))
          .statusCode(403)
          .body("code", equalTo("tenant_mismatch"));
    }
    post(as(nested), "{\"tenant\":\"%s\",\"owner\":\"%s\"}".formatted(acme, acme))
        .statusCode(403)
        .body("code", equalTo("tenant_mismatch"));
    post(as(acme), "{\"tenant\":\"%s\",\"owner\":\"*\"}".formatted(acme))
        .statusCode(403)
        .body("code", equalTo("owner_refused"));
    post(as(acme), tenantOf(other)).statusCode(403).body("code", equalTo("tenant_mismatch"));
    post(as(acme), tenantOf(nested)).statusCode(201);
  }

  @Test
  void everyCallNeedsItsScope() {
    String id = add(as(acme), tenantOf(acme));

    post(as(acme, "keys:read"), tenantOf(nested))
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    as(acme, "keys:read").get(PATH).then().statusCode(200);
    as(acme, "keys:read").get(ONE, id).then().statusCode(200);
    as(acme, "keys:read").delete(ONE, id).then().statusCode(403);
    as(acme, "tenants:write").get(PATH).then().statusCode(403);
    as(acme, "tenants:write").get(ONE, id).then().statusCode(403);
    as(acme, "keys:write").delete(ONE, id).then().statusCode(200);
  }

  @Test
  void aRevocationIsSeenByItsOwnerAndThoseAboveAndByNobodyElse() {
    String id = add(as(nested), tenantOf(nested));

    for (String tenant : List.of(nested, acme, "*")) {
      as(tenant).get(ONE, id).then().statusCode(200);
    }
    as(other).get(ONE, id).then().statusCode(404).body("code", equalTo("revocation_not_found"));
    as(other).delete(ONE, id).then().statusCode(404);
    as(other).get(PATH).then().body("revocations", hasSize(0));
    as(other).get(PATH + "?owner=" + nested).then().statusCode(403);
    as(acme).get(PATH).then().body("revocations.id", contains(id));
    String everywhere = add(asOperator(), tenantOf(acme));
    as(acme).get(ONE, everywhere).then().statusCode(404);
    as(acme).delete(ONE, everywhere).then().statusCode(404);
  }

  @Test
  void withoutTheRegistryOfTenantsNothingIsWrittenButForEveryTenant() {
    tenants.setBroken(true);
    try {
      post(as(acme), tenantOf(acme)).statusCode(503).body("code", equalTo("service_unavailable"));
      post(asOperator(), tenantOf(other)).statusCode(201);
    } finally {
      tenants.setBroken(false);
    }
  }

  private static String tenantOf(String tenant) {
    return "{\"tenant\":\"%s\"}".formatted(tenant);
  }

  private static String add(RequestSpecification caller, String body) {
    return post(caller, body).statusCode(201).extract().path("id");
  }

  private static ValidatableResponse post(RequestSpecification caller, String body) {
    return caller.body(body).post(PATH).then();
  }
}
