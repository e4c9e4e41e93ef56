package dev.gatehouse.gateway.limit;

import static dev.gatehouse.gateway.limit.Limiters.concurrentRequests;
import static dev.gatehouse.gateway.limit.Limiters.limits;
import static dev.gatehouse.gateway.limit.Limiters.requestsPerSecond;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.TrustBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a gateway reports, and what it makes of the shares that it is told. */
class DemandTest {

  private final Clock clock = new Clock();
  private final FakeTrustSource trusted =
      new FakeTrustSource(TrustBuilder.trust().tenants("acme", "other").build());
  private final Limiter limiter = Limiters.of(trusted, TenantLimits.NONE, clock);
  private final Demand demand = new Demand(limiter);

  @Test
  void onlyTenantsThatAreLimitedAndAskForSomethingAreReported() {
    change(it -> it.limited("acme", requestsPerSecond(10)).limited("idle", requestsPerSecond(1)));
    admit("acme", 2);
    admit("other", 5);

    assertThat(report(1))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("id", TrustBuilder.idOf("acme").toString())
                        .put("limits", new JsonObject().put("requestsPerSecond", 10L))
                        .put("demand", new JsonObject().put("requestsPerSecond", 2L))));
  }

  @Test
  void whatWasRefusedIsDemandToo() {
    change(it -> it.limited("acme", requestsPerSecond(10)));
    admit("acme", 50);

    assertThat(demandOf("acme", "requestsPerSecond", 2)).isEqualTo(25);
  }

  @Test
  void refusedRequestsOfAPlaceDoNotAskForMoreThanAllOfThem() {
    change(it -> it.limited("acme", concurrentRequests(10)));
    admit("acme", 500);

    assertThat(demandOf("acme", "concurrentRequests", 1)).isEqualTo(10);
  }

  @Test
  void demandFadesAndIsThenReportedNoMore() {
    change(it -> it.limited("acme", requestsPerSecond(100)));
    admit("acme", 4);

    assertThat(demandOf("acme", "requestsPerSecond", 1)).isEqualTo(4);
    assertThat(demandOf("acme", "requestsPerSecond", 1)).isEqualTo(2);
    assertThat(demandOf("acme", "requestsPerSecond", 1)).isEqualTo(1);
    assertThat(report(1)).isEmpty();
  }

  @Test
  void ofTooManyTheBusiestAreReported() {
    change(
        it -> {
          for (int i = 0; i <= Demand.MAX_TENANTS; i++) {
            it.limited("t" + i, requestsPerSecond(i == 7 ? 1_000 : 10));
          }
          return it;
        });
    for (int i = 0; i <= Demand.MAX_TENANTS; i++) {
      admit("t" + i, 5);
    }

    JsonArray reported = report(1);

    assertThat(reported).hasSize(Demand.MAX_TENANTS);
    assertThat(reported.toString()).doesNotContain(TrustBuilder.idOf("t7").toString());
  }

  @Test
  void aGatewayThatNeverHeardOfOthersHasAllOfIt() {
    change(it -> it.limited("acme", requestsPerSecond(30)));

    assertThat(admit("acme", 100)).isEqualTo(30);
  }

  @Test
  void aGatewayThatKnowsOfOthersTakesItsPartOfWhatItHasHeardNothingAbout() {
    demand.take(new JsonObject().put("gateways", 3).put("tenants", new JsonArray()));
    change(it -> it.limited("acme", requestsPerSecond(30)));

    assertThat(admit("acme", 100)).isEqualTo(10);
  }

  @Test
  void aShareCountsFromWhenItIsToldAndGivesNoFreshBurst() {
    change(it -> it.limited("acme", requestsPerSecond(30)));
    admit("acme", 100);

    tell("acme", 20);

    assertThat(admit("acme", 100)).isZero();
    clock.passMillis(1_000);
    assertThat(admit("acme", 100)).isEqualTo(20);
  }

  @Test
  void aShareIsAPartOfTheLimitAndSoFollowsItsChanges() {
    change(it -> it.limited("acme", requestsPerSecond(30)));
    admit("acme", 100);
    tell("acme", 10);

    change(it -> it.limited("acme", requestsPerSecond(300)));
    admit("acme", 1);
    clock.passMillis(1_000);

    assertThat(admit("acme", 1_000)).isEqualTo(100);
  }

  @Test
  void aShareIsAtLeastOneAndNeverMoreThanTheLimit() {
    change(it -> it.limited("acme", requestsPerSecond(30)));
    admit("acme", 100);

    tell("acme", 0);
    clock.passMillis(1_000);
    assertThat(admit("acme", 100)).isEqualTo(1);
    tell("acme", 5_000);
    clock.passMillis(1_000);
    assertThat(admit("acme", 100)).isEqualTo(30);
  }

  @Test
  void withoutAnAnswerTheLastSharesStand() {
    change(it -> it.limited("acme", requestsPerSecond(30)));
    admit("acme", 100);
    tell("acme", 5);

    for (int i = 0; i < 1_000; i++) {
      report(1);
    }
    clock.passMillis(1_000);

    assertThat(admit("acme", 100)).isEqualTo(5);
  }

  @Test
  void aShareOfAMinuteAgoSaysNothingAnyMore() {
    change(it -> it.limited("acme", requestsPerSecond(30)));
    admit("acme", 100);
    tell("acme", 1);

    for (int i = 0; i < 100; i++) {
      report(1);
      demand.take(new JsonObject().put("gateways", 2).put("tenants", new JsonArray()));
    }
    clock.passMillis(1_000);

    assertThat(admit("acme", 100)).isEqualTo(15);
  }

  @Test
  void sharesOfTenantsThatAreNotLimitedHereArePassedBy() {
    change(it -> it.limited("acme", limits(0, 0, 4, 0, 0)));
    admit("acme", 1);

    tell("acme", 1);
    tell("other", 1);

    assertThat(admit("acme", 5)).isEqualTo(1);
    assertThat(admit("other", 100)).isEqualTo(100);
  }

  private void change(UnaryOperator<TrustBuilder> change) {
    trusted.set(change.apply(TrustBuilder.from(trusted.current())).build());
  }

  /** How many of these get in. */
  private int admit(String tenant, int requests) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      if (limiter.admit(TrustBuilder.idOf(tenant), false, -1) instanceof Ticket) {
        admitted++;
      }
    }
    return admitted;
  }

  private JsonArray report(double seconds) {
    return demand.report(seconds).getJsonArray("tenants");
  }

  private long demandOf(String tenant, String kind, double seconds) {
    JsonArray report = report(seconds);
    assertThat(report).hasSize(1);
    assertThat(report.getJsonObject(0).getString("id"))
        .isEqualTo(TrustBuilder.idOf(tenant).toString());
    return report.getJsonObject(0).getJsonObject("demand").getLong(kind);
  }

  private void tell(String tenant, long requestsPerSecond) {
    UUID id = TrustBuilder.idOf(tenant);
    JsonObject shares = new JsonObject().put("requestsPerSecond", requestsPerSecond);
    demand.take(
        new JsonObject()
            .put("gateways", 2)
            .put(
                "tenants",
                new JsonArray()
                    .add(new JsonObject().put("id", id.toString()).put("shares", shares))));
  }
}
