package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class RepeatedCreationTest {

  @SuppressWarnings("NullAway.Init") // Injected.
  TestDatabase database;

  private String name = "";
  private String key = "";

  @BeforeEach
  void whenReady() {
    untilReady();
    name = "i" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    key = UUID.randomUUID().toString();
  }

  @Test
  void aRepetitionIsAnsweredAsTheFirstTime() {
    Response first = create(body("A"));
    first.then().statusCode(201);
    asOperator().body("{\"displayName\":\"B\"}").patch("/api/v1/tenants/" + name);

    Response again = create(body("A"));

    again.then().statusCode(201).header("Location", equalTo("/api/v1/tenants/" + name));
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
  }

  @Test
  void ofManyWhoRepeatAtOnceEachHearsTheSame() {
    List<CompletableFuture<Response>> calls =
        IntStream.range(0, 20).mapToObj(i -> later(() -> create(body("A")))).toList();

    assertThat(calls.stream().map(it -> it.join().asString()).distinct()).hasSize(1);
    assertThat(calls).allMatch(it -> it.join().statusCode() == 201);
    assertThat(
            database.query(
                "SELECT count(*) FROM audit WHERE action = 'tenant.create' AND tenant = '"
                    + name
                    + "'"))
        .isEqualTo("1");
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    create(body("A")).then().statusCode(201);

    create(body("B")).then().statusCode(409).body("code", equalTo("idempotency_key_reused"));
  }

  @Test
  void anotherKeyIsAnotherCreation() {
    create(body("A")).then().statusCode(201);
    key = UUID.randomUUID().toString();

    create(body("A")).then().statusCode(409).body("code", equalTo("tenant_exists"));
  }

  @Test
  void theKeyOfAnotherCallerMeansNothing() {
    create(body("A")).then().statusCode(201);

    as(name)
        .header("Idempotency-Key", key)
        .body("{\"name\":\"" + name + ":kid\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201)
        .body("name", equalTo(name + ":kid"));
  }

  @Test
  void aCreationThatFailedMayBeTriedAgainUnderItsKey() {
    String parent = name;
    name = parent + ":kid";
    create(body("A")).then().statusCode(409).body("code", equalTo("parent_unknown"));
    asOperator().body("{\"name\":\"" + parent + "\"}").post("/api/v1/tenants");

    create(body("A")).then().statusCode(201);
  }

  @Test
  void theLongestKeyIsTakenAndOneMoreCharacterIsNot() {
    key = "k".repeat(256);
    create(body("A")).then().statusCode(400).body("code", equalTo("header_refused"));

    key = key.substring(1);
    create(body("A")).then().statusCode(201);
  }

  private Response create(String body) {
    return asOperator().header("Idempotency-Key", key).body(body).post("/api/v1/tenants");
  }

  private String body(String displayName) {
    return "{\"name\":\"" + name + "\",\"displayName\":\"" + displayName + "\"}";
  }
}
