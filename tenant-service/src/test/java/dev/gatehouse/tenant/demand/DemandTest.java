package dev.gatehouse.tenant.demand;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // The test resource sets the database.
@WithTestResource(PostgresResource.class)
class DemandTest {

  private static final String ACME = UUID.randomUUID().toString();
  private static final String OTHER = UUID.randomUUID().toString();

  @Inject DemandTable table;

  TestDatabase database;

  @BeforeEach
  void threeGatewaysFollowTheFeed() {
    untilReady();
    database.execute("DELETE FROM demand");
    database.execute("DELETE FROM watcher");
    for (String gateway : new String[] {"one", "two", "three"}) {
      asOperator()
          .get("/internal/v1/changes?wait=0s&kind=gateway&watcher=" + gateway)
          .then()
          .statusCode(200);
    }
  }

  @Test
  void whoReportsFirstHasWhatItAsksForAndPartOfTheRest() {
    assertThat(share("one", ACME, 300, 150)).isEqualTo(200);
  }

  @Test
  void gatewaysShareByWhatTheyWereAskedFor() {
    share("one", ACME, 300, 2_000);
    share("two", ACME, 300, 200);

    assertThat(share("one", ACME, 300, 2_000)).isEqualTo(272);
    assertThat(share("two", ACME, 300, 200)).isEqualTo(27);
    assertThat(share("three", ACME, 300, 1)).isEqualTo(1);
  }

  @Test
  void whatOneTenantIsAskedForDoesNotTouchAnother() {
    share("one", ACME, 300, 100_000);

    assertThat(share("two", OTHER, 300, 0)).isEqualTo(100);
  }

  @Test
  void eachLimitIsSharedByItsOwnDemand() {
    String both =
        tenant(
            ACME,
            "{\"requestsPerSecond\":300,\"openStreams\":30}",
            "{\"requestsPerSecond\":900,\"openStreams\":0}");
    report("one", both);
    report(
            "two",
            tenant(
                ACME,
                "{\"requestsPerSecond\":300,\"openStreams\":30}",
                "{\"requestsPerSecond\":0,\"openStreams\":60}"))
        .then()
        .body("tenants[0].shares.requestsPerSecond", equalTo(1))
        .body("tenants[0].shares.openStreams", equalTo(28))
        .body("tenants[0].shares.size()", equalTo(2));
  }

  @Test
  void demandIsForgottenAfterAFewSeconds() {
    share("one", ACME, 300, 1_000_000);
    database.execute("UPDATE demand SET at = at - interval '5 seconds'");

    assertThat(share("two", ACME, 300, 0)).isEqualTo(100);
  }

  @Test
  void rowsThatSayNothingAnyMoreAreRemoved() {
    share("one", ACME, 300, 1);
    share("two", ACME, 300, 1);
    database.execute("UPDATE demand SET at = at - interval '61 seconds' WHERE watcher = 'one'");

    table.forget().await().atMost(Duration.ofSeconds(10));

    assertThat(database.query("SELECT string_agg(watcher, ',') FROM demand")).isEqualTo("two");
  }

  @Test
  void aGatewayThatIsSilentForLongHasNoShare() {
    database.execute(
        "UPDATE watcher SET last_contact = last_contact - interval '91 s' WHERE id = 'three'");

    assertThat(share("one", ACME, 300, 0)).isEqualTo(150);
  }

  @Test
  void aGatewayThatFollowsNoFeedYetIsOneAllTheSame() {
    database.execute("DELETE FROM watcher");

    assertThat(share("one", ACME, 300, 10)).isEqualTo(300);
  }

  @Test
  void withoutTenantsAReportTellsHowManyGatewaysThereAre() {
    report("one", "").then().statusCode(200).body("gateways", equalTo(3)).body("tenants", empty());
  }

  @Test
  void aThousandTenantsAreOneReportAndOneMoreIsTooMany() {
    report("one", tenants(1_000)).then().statusCode(200).body("tenants.size()", equalTo(1_000));
    report("one", tenants(1_000)).then().statusCode(200);
    report("one", tenants(1_001)).then().statusCode(400).body("code", equalTo("field_invalid"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"watcher\":\"one\"}",
        "{\"watcher\":\"\",\"tenants\":[]}",
        "{\"watcher\":\"o n e\",\"tenants\":[]}",
        "{\"watcher\":\"one\",\"tenants\":[null]}",
        "{\"watcher\":\"one\",\"tenants\":[{}]}",
        "{\"watcher\":\"one\",\"tenants\":[{\"id\":\"x\",\"limits\":{},\"demand\":{}}]}",
        "{\"watcher\":\"one\",\"tenants\":[],\"more\":1}",
      })
  void aReportThatIsNoneIsRefused(String body) {
    asOperator().body(body).post("/internal/v1/demand").then().statusCode(400);
  }

  @Test
  void amountsOutOfBoundsAndTenantsNamedTwiceAreRefused() {
    String fine = tenant(ACME, "{}", "{\"requestsPerSecond\":1}");

    report("one", fine).then().statusCode(200);
    report("one", fine + "," + fine).then().statusCode(400);
    report("one", fine.replace(":1}", ":-1}")).then().statusCode(400);
    report("one", fine.replace(":1}", ":9223372036854775807}")).then().statusCode(400);
    report("one", fine.replace(":1}", ":1.5}")).then().statusCode(400);
  }

  @Test
  void reportsAreForCallersThatReachEveryTenant() {
    as("acme")
        .body("{\"watcher\":\"one\",\"tenants\":[]}")
        .post("/internal/v1/demand")
        .then()
        .statusCode(403)
        .body("code", equalTo("not_allowed"));
  }

  private static int share(String gateway, String tenant, long limit, long demand) {
    return report(
            gateway,
            tenant(
                tenant,
                "{\"requestsPerSecond\":" + limit + "}",
                "{\"requestsPerSecond\":" + demand + "}"))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getInt("tenants[0].shares.requestsPerSecond");
  }

  private static Response report(String gateway, String tenants) {
    return asOperator()
        .body("{\"watcher\":\"" + gateway + "\",\"tenants\":[" + tenants + "]}")
        .post("/internal/v1/demand");
  }

  private static String tenants(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                tenant(
                    new UUID(1, i).toString(),
                    "{\"requestsPerSecond\":10,\"bytesPerSecond\":1099511627776}",
                    "{\"requestsPerSecond\":" + i + ",\"bytesPerSecond\":1099511627776}"))
        .collect(Collectors.joining(","));
  }

  private static String tenant(String id, String limits, String demand) {
    return "{\"id\":\"" + id + "\",\"limits\":" + limits + ",\"demand\":" + demand + "}";
  }
}
