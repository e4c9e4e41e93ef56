package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class TenantLimitsTest {

  private static final String ALL =
      """
      {"requestsPerSecond":10000000,"bytesPerSecond":1099511627776,"concurrentRequests":1000000,\
      "openStreams":1000000,"bodyBytes":1099511627776}""";

  @SuppressWarnings("NullAway.Init") // Injected.
  TestDatabase database;

  private String name = "";

  @BeforeEach
  void whenReady() {
    untilReady();
    name = "l" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }

  @Test
  void aTenantIsRegisteredWithLimits() {
    create(ALL)
        .then()
        .statusCode(201)
        .body("limits.requestsPerSecond", equalTo(10_000_000))
        .body("limits.bodyBytes", equalTo(1_099_511_627_776L));
    asOperator()
        .get("/api/v1/tenants/" + name)
        .then()
        .body("limits", aMapWithSize(5))
        .body("limits.openStreams", equalTo(1_000_000));
    asOperator()
        .get("/api/v1/tenants?prefix=" + name)
        .then()
        .body("tenants[0].limits.openStreams", equalTo(1_000_000));
  }

  @Test
  void theFeedTellsOfThem() {
    create("{\"bodyBytes\":7}");
    patch("{\"limits\":{\"openStreams\":3}}").then().statusCode(200);

    assertThat(told().limits())
        .contains(
            new TenantLimits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(3L),
                Optional.of(7L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "{\"bodyBytes\":null}"})
  void noLimitIsLikeNoLimits(String limits) {
    create(limits).then().statusCode(201).body("limits", nullValue());

    assertThat(told().limits()).isEmpty();
  }

  @Test
  void aPatchMergesThem() {
    create("{\"bodyBytes\":7,\"openStreams\":3}");

    patch("{\"limits\":{\"openStreams\":null,\"requestsPerSecond\":5}}")
        .then()
        .statusCode(200)
        .body("limits", aMapWithSize(2))
        .body("limits.bodyBytes", equalTo(7))
        .body("limits.requestsPerSecond", equalTo(5));
  }

  @Test
  void aPatchThatDoesNotNameThemLeavesThem() {
    create("{\"bodyBytes\":7}");

    patch("{\"status\":\"suspended\"}").then().body("limits.bodyBytes", equalTo(7));
    patch("{\"displayName\":\"Seven\"}").then().body("limits.bodyBytes", equalTo(7));
    patch("{\"limits\":{}}").then().body("limits.bodyBytes", equalTo(7));
  }

  @Test
  void nullTakesAllAway() {
    create(ALL);

    patch("{\"limits\":null}").then().statusCode(200).body("limits", nullValue());
    asOperator().get("/api/v1/tenants/" + name).then().body("limits", nullValue());
  }

  @Test
  void takingTheLastOneAwayTakesAllAway() {
    create("{\"bodyBytes\":7}");

    patch("{\"limits\":{\"bodyBytes\":null}}").then().body("limits", nullValue());

    assertThat(told().limits()).isEmpty();
  }

  @Test
  void nullTakesTheDisplayNameAwayAndWhatIsNotNamedStays() {
    create("null");
    patch("{\"displayName\":\"Team\"}").then().body("displayName", equalTo("Team"));

    patch("{\"status\":\"suspended\"}").then().body("displayName", equalTo("Team"));
    patch("{\"displayName\":null}").then().statusCode(200).body("displayName", nullValue());
  }

  @Test
  void aPatchMayCallItselfAMergePatch() {
    create("null");

    asOperator()
        .contentType("application/merge-patch+json")
        .body("{\"limits\":{\"bodyBytes\":1}}")
        .patch("/api/v1/tenants/" + name)
        .then()
        .statusCode(200)
        .body("limits.bodyBytes", equalTo(1));
  }

  @Test
  void aPatchThatChangesNothingKeepsTheRevision() {
    int revision = create("{\"bodyBytes\":7}").path("revision");

    patch("{\"limits\":{\"bodyBytes\":7}}").then().body("revision", equalTo(revision));
    patch("{}").then().body("revision", equalTo(revision));
    patch("{\"limits\":{\"bodyBytes\":8}}").then().body("revision", greaterThan(revision));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"requestsPerSecond\":0}                 | requestsPerSecond is a whole number",
        "{\"requestsPerSecond\":-1}                | requestsPerSecond is a whole number",
        "{\"requestsPerSecond\":10000001}          | requestsPerSecond is a whole number",
        "{\"bytesPerSecond\":0}                    | bytesPerSecond is a whole number",
        "{\"bytesPerSecond\":1099511627777}        | bytesPerSecond is a whole number",
        "{\"concurrentRequests\":0}                | concurrentRequests is a whole number",
        "{\"concurrentRequests\":1000001}          | concurrentRequests is a whole number",
        "{\"openStreams\":0}                       | openStreams is a whole number",
        "{\"openStreams\":1000001}                 | openStreams is a whole number",
        "{\"bodyBytes\":0}                         | bodyBytes is a whole number",
        "{\"bodyBytes\":1099511627777}             | bodyBytes is a whole number",
        "{\"bodyBytes\":9223372036854775808}       | bodyBytes",
        "{\"bodyBytes\":1.5}                       | bodyBytes",
        "{\"bodyBytes\":\"7\"}                     | bodyBytes",
        "{\"bodyBytes\":true}                      | bodyBytes",
        "{\"bodyBytes\":[1]}                       | bodyBytes",
        "{\"requestsPerMinute\":1}                 | There is no field limits.requestsPerMinute",
        "7                                         | limits",
        "\"none\"                                  | limits",
      })
  void aMistakeIsNamed(String limits, String detail) {
    create(limits)
        .then()
        .statusCode(400)
        .body("code", equalTo("field_invalid"))
        .body("detail", containsString(detail));
    create("null").then().statusCode(201);
    patch("{\"limits\":" + limits + "}")
        .then()
        .statusCode(400)
        .body("code", equalTo("field_invalid"))
        .body("detail", containsString(detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":null}        | status cannot be taken away",
        "{\"status\":\"gone\"}    | status is active or suspended",
        "{\"status\":\"\"}        | status is active or suspended",
        "{\"status\":1}           | status",
        "{\"colour\":\"red\"}     | There is no field colour",
        "{\"name\":\"other\"}     | There is no field name",
        "{\"orgId\":\"other\"}    | There is no field orgId",
        "{\"displayName\":7}      | displayName",
      })
  void aMistakeInAPatchIsNamed(String body, String detail) {
    create("null");

    patch(body)
        .then()
        .statusCode(400)
        .body("code", equalTo("field_invalid"))
        .body("detail", containsString(detail));
  }

  private Response create(String limits) {
    return asOperator()
        .body("{\"name\":\"" + name + "\",\"limits\":" + limits + "}")
        .post("/api/v1/tenants");
  }

  private Response patch(String body) {
    return asOperator().body(body).patch("/api/v1/tenants/" + name);
  }

  private TenantEntry told() {
    String content =
        database.query(
            "SELECT c.content FROM change c JOIN tenant t USING (id) WHERE t.name = '"
                + name
                + "' ORDER BY c.revision DESC LIMIT 1");
    return FeedJson.read(content, TenantEntry.class);
  }
}
