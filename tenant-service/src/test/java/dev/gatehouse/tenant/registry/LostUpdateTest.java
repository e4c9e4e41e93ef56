package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class LostUpdateTest {

  private static final int CLIENTS = 10;
  private static final int COUNTS = 5;

  @BeforeEach
  void whenReady() {
    untilReady();
  }

  @Test
  void ofManyWhoChangeTheSameRevisionOneWins() {
    String eTag = asOperator().body("{\"name\":\"raced\"}").post("/api/v1/tenants").header("ETag");

    List<CompletableFuture<Integer>> calls =
        IntStream.range(0, 30).mapToObj(i -> later(() -> count(i, eTag, "raced"))).toList();

    assertThat(calls.stream().map(CompletableFuture::join))
        .hasSize(30)
        .containsOnlyOnce(200)
        .containsOnly(200, 412);
  }

  @Test
  void noCountIsLostBetweenClientsThatReadAndWriteBack() {
    asOperator().body("{\"name\":\"counted\",\"displayName\":\"0\"}").post("/api/v1/tenants");

    List<CompletableFuture<Void>> clients =
        IntStream.range(0, CLIENTS).mapToObj(i -> later(() -> countOn("counted"))).toList();
    clients.forEach(CompletableFuture::join);

    asOperator()
        .get("/api/v1/tenants/counted")
        .then()
        .body("displayName", equalTo(Integer.toString(CLIENTS * COUNTS)));
  }

  private static Void countOn(String name) {
    for (int done = 0; done < COUNTS; ) {
      Response seen = asOperator().get("/api/v1/tenants/" + name);
      int next = Integer.parseInt(seen.path("displayName")) + 1;
      int status = count(next, seen.header("ETag"), name);
      assertThat(status).isIn(200, 412);
      done += status == 200 ? 1 : 0;
    }
    return null;
  }

  private static int count(int number, String eTag, String name) {
    return asOperator()
        .header("If-Match", eTag)
        .body("{\"displayName\":\"" + number + "\"}")
        .patch("/api/v1/tenants/" + name)
        .statusCode();
  }
}
