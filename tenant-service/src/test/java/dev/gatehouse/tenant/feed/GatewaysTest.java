package dev.gatehouse.tenant.feed;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static dev.gatehouse.tenant.feed.Followers.acknowledge;
import static dev.gatehouse.tenant.feed.Followers.catchUp;
import static dev.gatehouse.tenant.feed.Followers.newId;
import static dev.gatehouse.tenant.feed.Followers.register;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class GatewaysTest {

  TestDatabase database;

  @BeforeEach
  void nobodyIsThere() {
    untilReady();
    database.execute("DELETE FROM watcher");
  }

  @Test
  void gatewaysAreShownWithWhatTheyHaveApplied() {
    String one = newId();
    String two = newId();
    FeedPage standing = catchUp(one, "&name=gateway-1");
    acknowledge(one, standing, "&name=gateway-1");
    catchUp(two, "&name=gateway-2&max-staleness=PT15M");
    asOperator().get("/internal/v1/changes?wait=0s&kind=service&watcher=" + newId());

    list()
        .body("service", equalTo("tenants"))
        .body("head", equalTo((int) standing.head()))
        .body("gateways.id", contains(one, two))
        .body("gateways.name", contains("gateway-1", "gateway-2"))
        .body("gateways[0].applied", equalTo((int) standing.head()))
        .body("gateways[0].live", equalTo(true))
        .body("gateways[0].lastContact", startsWith("20"))
        .body("gateways[0].servesUntil", nullValue())
        .body("gateways[1].servesUntil", startsWith("20"));
  }

  @Test
  void aGatewayThatIsSilentIsNotLive() {
    catchUp(newId(), "");
    database.execute("UPDATE watcher SET last_contact = last_contact - interval '91 seconds'");

    list().body("gateways[0].live", equalTo(false));
  }

  @Test
  void aGatewayOfAnotherHistoryHasAppliedNothing() {
    String gateway = newId();
    acknowledge(gateway, catchUp(gateway, ""), "");
    database.execute("UPDATE watcher SET epoch = gen_random_uuid()");

    list().body("gateways[0].applied", equalTo(0));
  }

  @Test
  void withoutGatewaysTheListIsEmpty() {
    list().body("gateways", empty());
  }

  @Test
  void aGatewayThatWasRemovedIsNotMissedAnyMore() {
    String gone = newId();
    catchUp(gone, "&name=gone");
    register(unique(), "?wait=0s").then().statusCode(202).body("missing", contains("gone"));

    asOperator()
        .delete("/api/v1/gateways/" + gone)
        .then()
        .statusCode(200)
        .body("id", equalTo(gone))
        .body("name", equalTo("gone"));

    register(unique(), "?wait=0s").then().statusCode(201);
    asOperator()
        .get("/api/v1/audit?action=gateway.remove&limit=1")
        .then()
        .body("entries[0].tenant", equalTo("*"))
        .body("entries[0].before.name", equalTo("gone"));
  }

  @Test
  void aGatewayThatWasRemovedAndAsksAgainIsThereAnew() {
    String gateway = newId();
    FeedPage standing = catchUp(gateway, "");
    asOperator().delete("/api/v1/gateways/" + gateway).then().statusCode(200);

    acknowledge(gateway, standing, "");

    list().body("gateways.id", containsInAnyOrder(gateway));
  }

  @Test
  void onlyGatewaysAreRemoved() {
    String service = newId();
    asOperator().get("/internal/v1/changes?wait=0s&kind=service&watcher=" + service);

    for (String id : new String[] {service, newId(), "no%20id"}) {
      asOperator()
          .urlEncodingEnabled(false)
          .delete("/api/v1/gateways/" + id)
          .then()
          .statusCode(404)
          .body("code", equalTo("gateway_not_found"));
    }
  }

  @Test
  void gatewaysAreForOperators() {
    as("acme").get("/api/v1/gateways").then().statusCode(403).body("code", equalTo("not_allowed"));
    as("acme").delete("/api/v1/gateways/x").then().statusCode(403);
    as("*", "tenants:read").get("/api/v1/gateways").then().statusCode(200);
    as("*", "tenants:read")
        .delete("/api/v1/gateways/x")
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
  }

  private static ValidatableResponse list() {
    return asOperator().get("/api/v1/gateways").then().statusCode(200);
  }

  private static String unique() {
    return "t" + UUID.randomUUID().toString().substring(0, 12);
  }
}
