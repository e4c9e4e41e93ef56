package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class TenantLifecycleTest {

  @BeforeEach
  void whenReady() {
    untilReady();
  }

  @Test
  void aTenantIsRegisteredAndCanBeShown() {
    asOperator()
        .body("{\"name\":\"alpha\",\"displayName\":\"Team Alpha\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201)
        .header("Location", equalTo("/api/v1/tenants/alpha"))
        .header("ETag", containsString("\""))
        .body("name", equalTo("alpha"))
        .body("displayName", equalTo("Team Alpha"))
        .body("orgId", equalTo("alpha"))
        .body("status", equalTo("active"))
        .body("revision", greaterThan(0));

    asOperator()
        .get("/api/v1/tenants/alpha")
        .then()
        .statusCode(200)
        .body("displayName", equalTo("Team Alpha"))
        .body("missing", nullValue());
  }

  @Test
  void aSecondTenantOfTheSameNameIsRefused() {
    create("twice").then().statusCode(201);

    create("twice").then().statusCode(409).body("code", equalTo("tenant_exists"));
  }

  @Test
  void aNestedTenantNeedsItsParent() {
    create("gamma:pay").then().statusCode(409).body("code", equalTo("parent_unknown"));

    create("gamma").then().statusCode(201);

    create("gamma:pay").then().statusCode(201).body("orgId", equalTo("gamma.pay"));
    asOperator().get("/api/v1/tenants/gamma:pay").then().statusCode(200);
    asOperator()
        .urlEncodingEnabled(false)
        .get("/api/v1/tenants/gamma%3Apay")
        .then()
        .statusCode(200);
  }

  @Test
  void anOrganisationIdHasOneTenantOnly() {
    asOperator()
        .body("{\"name\":\"delta\",\"orgId\":\"TeamD\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201)
        .body("orgId", equalTo("TeamD"));

    asOperator()
        .body("{\"name\":\"delta2\",\"orgId\":\"TeamD\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(409)
        .body("code", equalTo("org_id_taken"));
  }

  @Test
  void aTenantIsSuspendedAndResumed() {
    create("epsilon");

    patch("epsilon", "{\"status\":\"suspended\"}")
        .then()
        .statusCode(200)
        .body("status", equalTo("suspended"));
    patch("epsilon", "{\"status\":\"active\"}").then().body("status", equalTo("active"));
  }

  @Test
  void aDisplayNameIsChangedAndTakenAway() {
    create("zeta");

    patch("zeta", "{\"displayName\":\"Zed\"}").then().body("displayName", equalTo("Zed"));
    patch("zeta", "{\"displayName\":\"\"}").then().body("displayName", nullValue());
  }

  @Test
  void aChangeThatChangesNothingKeepsTheRevision() {
    int revision = create("eta").path("revision");

    patch("eta", "{\"status\":\"active\"}").then().body("revision", equalTo(revision));
  }

  @Test
  void aTenantWithChildrenIsRemovedOnlyWhenThatIsMeant() {
    create("theta");
    create("theta:one");
    create("theta:one:two");

    asOperator()
        .delete("/api/v1/tenants/theta")
        .then()
        .statusCode(409)
        .body("code", equalTo("tenant_has_children"));
    asOperator()
        .delete("/api/v1/tenants/theta?recursive=true")
        .then()
        .statusCode(200)
        .body("name", equalTo("theta"))
        .body("removed", contains("theta", "theta:one", "theta:one:two"))
        .body("revision", greaterThan(0));
    asOperator().get("/api/v1/tenants/theta:one").then().statusCode(404);
  }

  @Test
  void aNameThatWasUsedIsReusedOnlyWhenThatIsMeant() {
    create("iota");
    asOperator().delete("/api/v1/tenants/iota").then().statusCode(200);

    create("iota").then().statusCode(409).body("code", equalTo("name_was_used"));
    asOperator()
        .body("{\"name\":\"iota\",\"reuse\":true}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);
  }

  @Test
  void anOrganisationIdThatWasUsedIsReusedOnlyWhenThatIsMeant() {
    asOperator().body("{\"name\":\"kappa\",\"orgId\":\"OldData\"}").post("/api/v1/tenants");
    asOperator().delete("/api/v1/tenants/kappa").then().statusCode(200);

    asOperator()
        .body("{\"name\":\"kappa2\",\"orgId\":\"OldData\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(409)
        .body("code", equalTo("name_was_used"));
    asOperator()
        .body("{\"name\":\"kappa2\",\"orgId\":\"OldData\",\"reuse\":true}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);
  }

  @Test
  void theDefaultTenantIsAlwaysThere() {
    asOperator().get("/api/v1/tenants/_").then().statusCode(200).body("orgId", equalTo("_"));

    asOperator()
        .delete("/api/v1/tenants/_")
        .then()
        .statusCode(409)
        .body("code", equalTo("default_tenant"));
    patch("_", "{\"status\":\"suspended\"}")
        .then()
        .statusCode(409)
        .body("code", equalTo("default_tenant"));
    create("_").then().statusCode(409).body("code", equalTo("tenant_exists"));
  }

  @Test
  void aWriteForAnotherRevisionIsRefused() {
    String eTag = create("lambda").header("ETag");

    asOperator()
        .header("If-Match", "\"9999999\"")
        .body("{\"status\":\"suspended\"}")
        .patch("/api/v1/tenants/lambda")
        .then()
        .statusCode(412)
        .body("code", equalTo("revision_mismatch"));
    asOperator()
        .header("If-Match", eTag)
        .body("{\"status\":\"suspended\"}")
        .patch("/api/v1/tenants/lambda")
        .then()
        .statusCode(200)
        .header("ETag", not(eTag));
    asOperator().header("If-Match", eTag).delete("/api/v1/tenants/lambda").then().statusCode(412);
  }

  @Test
  void aListComesInPagesSortedByName() {
    for (String name : new String[] {"page-c", "page-a", "page-b"}) {
      create(name).then().statusCode(201);
    }

    Response first = asOperator().get("/api/v1/tenants?prefix=page-&limit=2");
    first.then().statusCode(200).body("tenants.name", contains("page-a", "page-b"));
    asOperator()
        .get("/api/v1/tenants?prefix=page-&limit=2&cursor=" + first.path("next"))
        .then()
        .body("tenants.name", contains("page-c"))
        .body("next", nullValue());
  }

  @Test
  void aListIsFilteredByStatus() {
    create("filter-a");
    create("filter-b");
    patch("filter-b", "{\"status\":\"suspended\"}");

    asOperator()
        .get("/api/v1/tenants?prefix=filter-&status=suspended")
        .then()
        .body("tenants.name", contains("filter-b"));
    asOperator().get("/api/v1/tenants").then().body("tenants.name", hasItems("_", "filter-a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"A\"}                            | tenant_name_invalid",
        "{\"name\":\"xn:ab\"}                        | tenant_name_invalid",
        "{\"name\":\"*\"}                            | tenant_name_invalid",
        "{}                                          | field_invalid",
        "{\"name\":7}                                | field_invalid",
        "{\"name\":\"ok\",\"name\":\"ok2\"}          | request_malformed",
        "{\"name\":\"ok\",\"colour\":\"red\"}        | field_invalid",
        "{\"name\":\"ok\",\"orgId\":\"a/b\"}         | org_id_invalid",
        "{\"name\":\"ok\",\"reuse\":\"yes\"}         | field_invalid",
        "{\"name\":\"ok\"                            | request_malformed",
        "{\"name\":\"bad                              | request_malformed",
        "{\"name\":\"ok\"} {}                        | request_malformed",
        "[]                                          | request_malformed",
        "null                                        | request_malformed",
        "``                                          | request_malformed",
      })
  void aMistakeInTheBodyIsNamed(String body, String code) {
    asOperator()
        .body(body)
        .post("/api/v1/tenants")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=0,field_invalid",
    "?limit=1001,field_invalid",
    "?limit=x,field_invalid",
    "?cursor=%20,cursor_invalid",
    "?status=gone,field_invalid",
    "?prefix=%25,field_invalid",
  })
  void aMistakeInTheQueryIsNamed(String query, String code) {
    asOperator()
        .urlEncodingEnabled(false)
        .get("/api/v1/tenants" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo(code));
  }

  private static Response create(String name) {
    return asOperator().body("{\"name\":\"" + name + "\"}").post("/api/v1/tenants");
  }

  private static Response patch(String name, String body) {
    return asOperator().body(body).patch("/api/v1/tenants/" + name);
  }
}
