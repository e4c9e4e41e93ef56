package dev.gatehouse.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.TrustBuilder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class SharingTest {

  private static final UUID ACME = TrustBuilder.idOf("acme");

  private final Clock clock = new Clock();
  private final Limiter limiter =
      Limiters.of(
          new FakeTrustSource(
              TrustBuilder.trust().limited("acme", Limiters.requestsPerSecond(30)).build()),
          TenantLimits.NONE,
          clock);
  private final List<JsonObject> sent = new CopyOnWriteArrayList<>();
  private volatile Future<JsonObject> answer = answer(10);
  private final Sharing sharing =
      new Sharing(
          new Demand(limiter),
          report -> {
            sent.add(report);
            return answer;
          });

  @Test
  void whatIsAnsweredCounts() throws Exception {
    admitted();
    sharing.share();
    clock.passMillis(1_000);

    assertThat(admitted()).isEqualTo(10);
  }

  @Test
  void withoutDemandItIsSeldomAskedHowManyGatewaysThereAre() throws Exception {
    for (int i = 0; i < 20; i++) {
      sharing.share();
    }

    assertThat(sent).hasSize(2).allMatch(it -> it.getJsonArray("tenants").isEmpty());
    assertThat(limiter.gateways()).isEqualTo(3);
  }

  @Test
  void whatFailsLeavesEverythingAsItWas() throws Exception {
    admitted();
    sharing.share();
    answer = Future.failedFuture("nobody is there");
    admitted();

    assertThatThrownBy(sharing::share).isInstanceOf(ExecutionException.class);

    clock.passMillis(1_000);
    assertThat(admitted()).isEqualTo(10);
  }

  @Test
  void itGoesOnAfterFailuresAndNonsense() {
    answer = Future.failedFuture("nobody is there");
    admitted();
    sharing.start();
    await().until(() -> sent.size() >= 1);
    answer = Future.succeededFuture(new JsonObject().put("tenants", "nonsense"));
    admitted();
    await().until(() -> sent.size() >= 2);
    answer = answer(10);
    admitted();

    await().until(() -> limiter.gateways() == 3);
    sharing.close();
  }

  private int admitted() {
    int admitted = 0;
    while (limiter.admit(ACME, false, -1) instanceof Ticket) {
      admitted++;
    }
    return admitted;
  }

  private static Future<JsonObject> answer(long share) {
    return Future.succeededFuture(
        new JsonObject()
            .put("gateways", 3)
            .put(
                "tenants",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("id", ACME.toString())
                            .put("shares", new JsonObject().put("requestsPerSecond", share)))));
  }
}
