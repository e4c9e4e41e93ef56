package dev.gatehouse.key.issuer;

import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.material.QuietJson;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The calls of the tests of issuers. */
final class IssuerCalls {

  static final String ISSUERS = "/api/v1/issuers";
  static final String ISSUER = ISSUERS + "/{name}";
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private IssuerCalls() {}

  /** An issuer with the audience of its owner. */
  static ObjectNode issuer(String name, String url, String owner) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", name).put("issuer", url).put("owner", owner);
    body.putArray("audiences").add("gatehouse-local/" + owner);
    return body;
  }

  static ValidatableResponse post(RequestSpecification caller, ObjectNode body) {
    return caller.body(body.toString()).post(ISSUERS).then();
  }

  static ValidatableResponse patch(
      RequestSpecification caller, String name, String owner, String patch) {
    return caller.body(patch.replace('\'', '"')).patch(ISSUER + "?owner=" + owner, name).then();
  }

  static JsonNode show(String name, String owner) {
    String json =
        asOperator()
            .get(ISSUER + "?owner=" + owner, name)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return QuietJson.parse(json).orElseThrow();
  }

  static void until(String name, String owner, Predicate<JsonNode> state) {
    await().atMost(PATIENCE).until(() -> state.test(show(name, owner)));
  }

  static List<String> kids(JsonNode issuer) {
    return issuer.path("keys").findValuesAsText("kid");
  }

  /** What the gateways know of it. */
  static Optional<IssuerEntry> told(String id) {
    return FeedReader.state("issuer", IssuerEntry.class).stream()
        .filter(entry -> entry.issuer().equals(id))
        .findFirst();
  }

  /** So that other tests of this process find the issuers that they expect. */
  static void removeAllOf(String owner) {
    List<Map<String, Object>> left =
        asOperator()
            .get(ISSUERS + "?limit=1000")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getList("issuers");
    for (Map<String, Object> issuer : left) {
      String owned = String.valueOf(issuer.get("owner"));
      if (owned.equals(owner) || owned.startsWith(owner + ":")) {
        asOperator().delete(ISSUER + "?owner=" + owned, issuer.get("name")).then().statusCode(200);
      }
    }
  }
}
