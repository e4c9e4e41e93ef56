package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(QuotaTest.Narrow.class)
class QuotaTest {

  private static final int TENANTS = 3;
  private static final int WRITES = 8;

  /** Little room for everybody. */
  public static class Narrow extends PostgresResource {
    @Override
    public Map<String, String> start() {
      Map<String, String> configuration = new HashMap<>(super.start());
      configuration.put("gatehouse.quota.tenants", Integer.toString(TENANTS));
      configuration.put("gatehouse.quota.writes-per-minute", Integer.toString(WRITES));
      return configuration;
    }
  }

  @BeforeEach
  void whenReady() {
    untilReady();
  }

  @Test
  void aTenantFillsItsSubtreeAndNoMore() {
    register(asOperator(), "full");
    register(as("full"), "full:one").then().statusCode(201);
    register(as("full"), "full:one:deep").then().statusCode(201);
    register(as("full:one"), "full:one:deep2").then().statusCode(201);

    register(as("full"), "full:two").then().statusCode(403).body("code", equalTo("quota_exceeded"));
    register(as("full:one"), "full:one:deep3").then().statusCode(403);

    asOperator().delete("/api/v1/tenants/full:one:deep").then().statusCode(200);
    register(as("full"), "full:two").then().statusCode(201);
  }

  @Test
  void anotherTenantsRoomIsItsOwn() {
    register(asOperator(), "mine");
    register(asOperator(), "yours");
    for (int i = 0; i < TENANTS; i++) {
      register(as("mine"), "mine:t" + i).then().statusCode(201);
    }

    register(as("yours"), "yours:one").then().statusCode(201);
  }

  @Test
  void anOperatorIsNotBound() {
    register(asOperator(), "vast");
    for (int i = 0; i < TENANTS + 2; i++) {
      register(asOperator(), "vast:t" + i).then().statusCode(201);
    }
  }

  @Test
  void ofManyWhoTakeTheLastRoomOneGetsIt() {
    register(asOperator(), "race");
    register(asOperator(), "race:one");
    register(asOperator(), "race:two");

    List<CompletableFuture<Integer>> calls =
        IntStream.range(0, WRITES)
            .mapToObj(i -> later(() -> register(as("race"), "race:last" + i).statusCode()))
            .toList();

    assertThat(calls.stream().map(CompletableFuture::join))
        .containsOnlyOnce(201)
        .containsOnly(201, 403);
  }

  @Test
  void whoWritesTooOftenIsToldToWait() {
    register(asOperator(), "busy");
    register(asOperator(), "busy:kid");
    register(asOperator(), "calm");
    for (int i = 0; i < WRITES; i++) {
      patchKid("busy").then().statusCode(200);
    }

    Response tooMany = patchKid("busy");

    tooMany.then().statusCode(429).body("code", equalTo("limit_exceeded"));
    assertThat(Integer.parseInt(tooMany.header("Retry-After"))).isBetween(1, 60);
    as("busy").get("/api/v1/tenants").then().statusCode(200);
    patchKid("*").then().statusCode(200);
    register(as("calm"), "calm:kid").then().statusCode(201);
  }

  private static Response patchKid(String caller) {
    return as(caller).body("{\"status\":\"active\"}").patch("/api/v1/tenants/busy:kid");
  }

  private static Response register(RequestSpecification caller, String name) {
    return caller.body("{\"name\":\"" + name + "\",\"reuse\":true}").post("/api/v1/tenants");
  }
}
