package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class TenantBoundariesTest {

  @SuppressWarnings("NullAway.Init") // Injected.
  TestDatabase database;

  @BeforeEach
  void twoNeighbours() {
    untilReady();
    for (String name : List.of("north", "north:pay", "north:hr", "south")) {
      asOperator().body("{\"name\":\"" + name + "\",\"reuse\":true}").post("/api/v1/tenants");
    }
  }

  @Test
  void aTenantSeesItselfAndWhatIsNestedInIt() {
    as("north").get("/api/v1/tenants/north").then().statusCode(200).body("orgId", equalTo("north"));
    as("north").get("/api/v1/tenants/north:pay").then().statusCode(200);
    as("north")
        .get("/api/v1/tenants")
        .then()
        .body("tenants.name", contains("north", "north:hr", "north:pay"));
  }

  @Test
  void anotherTenantDoesNotExistForIt() {
    unknown(as("south").get("/api/v1/tenants/north"));
    unknown(as("south").get("/api/v1/tenants/nobody"));
    unknown(as("south").body("{\"status\":\"suspended\"}").patch("/api/v1/tenants/north"));
    unknown(as("south").delete("/api/v1/tenants/north:pay"));
    unknown(as("north:pay").get("/api/v1/tenants/north:hr"));
    as("south").get("/api/v1/tenants?prefix=north").then().body("tenants.size()", equalTo(0));
  }

  @Test
  void ofAnAncestorATenantSeesTheNameOnly() {
    as("north:pay")
        .get("/api/v1/tenants/north")
        .then()
        .statusCode(200)
        .body("$", aMapWithSize(1))
        .body("name", equalTo("north"));
  }

  @Test
  void aListHasTheNamesOfTheTenantsAboveAndNothingElseOfThem() {
    Response list = as("north:pay").get("/api/v1/tenants");

    list.then().statusCode(200).body("tenants.name", contains("north", "north:pay"));
    assertThat(list.<Map<String, Object>>path("tenants[0]")).containsOnlyKeys("name");
    assertThat(list.<Map<String, Object>>path("tenants[1]")).containsKeys("id", "orgId", "status");
    as("north:pay")
        .get("/api/v1/tenants?status=active")
        .then()
        .body("tenants.name", contains("north:pay"));
    as("north:pay")
        .get("/api/v1/tenants?prefix=north:")
        .then()
        .body("tenants.name", contains("north:pay"));
  }

  @Test
  void aTenantCannotGiveItselfRoom() {
    forbidden(as("north").body("{\"limits\":null}").patch("/api/v1/tenants/north"));
    forbidden(
        as("north:pay").body("{\"limits\":{\"bodyBytes\":9}}").patch("/api/v1/tenants/north"));
    unknown(as("south").body("{\"limits\":null}").patch("/api/v1/tenants/north:pay"));
    as("north")
        .body("{\"limits\":{\"bodyBytes\":9}}")
        .patch("/api/v1/tenants/north:pay")
        .then()
        .statusCode(200)
        .body("limits.bodyBytes", equalTo(9));
  }

  @Test
  void aTenantChangesWhatIsNestedInItOnly() {
    as("north")
        .body("{\"status\":\"suspended\"}")
        .patch("/api/v1/tenants/north:pay")
        .then()
        .statusCode(200);

    forbidden(as("north").body("{\"status\":\"suspended\"}").patch("/api/v1/tenants/north"));
    forbidden(as("north").delete("/api/v1/tenants/north"));
    forbidden(as("north:pay").delete("/api/v1/tenants/north"));
    as("north").body("{\"status\":\"active\"}").patch("/api/v1/tenants/north:pay");
  }

  @Test
  void aTenantCreatesWhatIsNestedInItOnly() {
    as("north")
        .body("{\"name\":\"north:new\",\"reuse\":true}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);
    as("north").delete("/api/v1/tenants/north:new").then().statusCode(200);

    forbidden(as("north").body("{\"name\":\"east\"}").post("/api/v1/tenants"));
    forbidden(as("north").body("{\"name\":\"south:mine\"}").post("/api/v1/tenants"));
    forbidden(as("north").body("{\"name\":\"south\"}").post("/api/v1/tenants"));
  }

  @Test
  void aTenantCannotChooseAnOrganisationId() {
    forbidden(
        as("north").body("{\"name\":\"north:x1\",\"orgId\":\"fake\"}").post("/api/v1/tenants"));
  }

  @Test
  void withoutTheScopeNothingIsAllowed() {
    as("*", "tenants:read").get("/api/v1/tenants").then().statusCode(200);
    as("*", "keys:write")
        .get("/api/v1/tenants")
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    as("*", "tenants:read")
        .body("{\"name\":\"west\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    as("*", "").get("/api/v1/tenants").then().statusCode(403);
  }

  @Test
  void ofFiftyWhoCreateTheSameTenantOneWins() {
    List<Integer> statuses =
        together(50, i -> asOperator().body("{\"name\":\"contested\"}").post("/api/v1/tenants"));

    assertThat(statuses).hasSize(50).containsOnlyOnce(201).containsOnly(201, 409);
  }

  @Test
  void ofFiftyWhoTakeTheSameOrganisationIdOneWins() {
    List<Integer> statuses =
        together(
            50,
            i ->
                asOperator()
                    .body("{\"name\":\"taker-" + i + "\",\"orgId\":\"Contested\"}")
                    .post("/api/v1/tenants"));

    assertThat(statuses).hasSize(50).containsOnlyOnce(201).containsOnly(201, 409);
  }

  @Test
  void aChildNeverOutlivesItsParent() {
    for (int round = 0; round < 5; round++) {
      String parent = "race-" + round;
      asOperator().body("{\"name\":\"" + parent + "\"}").post("/api/v1/tenants");
      List<Integer> statuses =
          together(
              12,
              i ->
                  i % 4 == 0
                      ? asOperator().delete("/api/v1/tenants/" + parent + "?recursive=true")
                      : asOperator()
                          .body("{\"name\":\"" + parent + ":c" + i + "\"}")
                          .post("/api/v1/tenants"));

      assertThat(statuses)
          .containsAnyOf(200)
          .allMatch(it -> List.of(200, 201, 404, 409).contains(it));
    }
    assertThat(
            database.query(
                "SELECT count(*) FROM tenant c WHERE c.name LIKE 'race-%:%' AND NOT EXISTS"
                    + " (SELECT 1 FROM tenant p WHERE p.id = c.parent_id)"))
        .isEqualTo("0");
  }

  private static List<Integer> together(int clients, IntFunction<Response> call) {
    ExecutorService executor = Executors.newFixedThreadPool(clients);
    try {
      List<CompletableFuture<Integer>> calls =
          IntStream.range(0, clients)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> call.apply(i).statusCode(), executor))
              .toList();
      return calls.stream().map(CompletableFuture::join).toList();
    } finally {
      executor.shutdown();
    }
  }

  private static void unknown(Response answer) {
    answer.then().statusCode(404).body("code", equalTo("tenant_unknown"));
  }

  private static void forbidden(Response answer) {
    answer.then().statusCode(403).body("code", equalTo("not_allowed"));
  }
}
