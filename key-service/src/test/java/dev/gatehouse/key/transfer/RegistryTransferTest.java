package dev.gatehouse.key.transfer;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.material.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class RegistryTransferTest {

  private static final String PATH = "/api/v1/registry/keys";

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private String acme;

  @BeforeEach
  void anOwner() {
    acme = "acme-" + Long.toString(System.nanoTime(), 36);
    tenants.register(acme);
  }

  @Test
  void whatWasExportedComesBackWithItsIds() {
    addKey();
    addRevocation("first");
    List<JsonNode> exported = ofOwner(export(100));
    String views = as(acme).get("/api/v1/keys").asString();
    database.execute("DELETE FROM anchor WHERE owner = '" + acme + "'");
    database.execute("DELETE FROM revocation WHERE owner = '" + acme + "'");
    long head = FeedReader.head();

    store(exported).statusCode(200).body("created", equalTo(2)).body("unchanged", equalTo(0));

    assertThat(ofOwner(export(100))).isEqualTo(exported);
    assertThat(withoutRevision(as(acme).get("/api/v1/keys").asString()))
        .isEqualTo(withoutRevision(views));
    assertThat(FeedReader.head()).isEqualTo(head + 2);
  }

  @Test
  void theSameAgainChangesNothing() {
    addKey();
    addRevocation("again");
    List<JsonNode> exported = ofOwner(export(100));
    long head = FeedReader.head();

    store(exported)
        .statusCode(200)
        .body("created", equalTo(0))
        .body("unchanged", equalTo(exported.size()))
        .body("revision", nullValue());

    assertThat(FeedReader.head()).isEqualTo(head);
  }

  @Test
  void oneContradictionRefusesTheWholeBatch() {
    addKey();
    List<JsonNode> exported = ofOwner(export(100));
    ObjectNode contradiction = (ObjectNode) exported.get(0).deepCopy();
    contradiction.put("description", "another");
    ObjectNode fresh =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "opstrace-id")
            .put("opstraceId", "%040x".formatted(System.nanoTime()))
            .put("keyId", "A".repeat(43));

    store(List.of(fresh, contradiction))
        .statusCode(409)
        .body("code", equalTo("import_conflict"))
        .body("detail", containsString(acme));

    assertThat(
            database.query(
                "SELECT count(*) FROM opstrace_id WHERE opstrace_id = '"
                    + fresh.get("opstraceId").asText()
                    + "'"))
        .isEqualTo("0");
    store(List.of(fresh)).statusCode(200).body("created", equalTo(1));
    store(List.of(fresh)).statusCode(200).body("unchanged", equalTo(1));
    store(List.of(fresh.deepCopy().put("keyId", "B".repeat(43)))).statusCode(409);
  }

  @Test
  void theSameKeyOfTheSameOwnerUnderAnotherIdContradicts() {
    addKey();
    ObjectNode renamed = (ObjectNode) ofOwner(export(100)).get(0).deepCopy();
    renamed.put("id", UUID.randomUUID().toString());

    store(List.of(renamed)).statusCode(409).body("code", equalTo("import_conflict"));
  }

  @Test
  void pagesOfAnySizeHoldTheSame() {
    addKey();
    addRevocation("one");
    addRevocation("two");

    assertThat(export(1)).isEqualTo(export(1_000));
  }

  @Test
  void onlyOperatorsTakePart() {
    as(acme).get(PATH).then().statusCode(403).body("code", equalTo("not_allowed"));
    as(acme)
        .body("{\"entries\":[{\"kind\":\"key\"}]}")
        .post(PATH)
        .then()
        .statusCode(403)
        .body("code", equalTo("not_allowed"));
    as("*", "tenants:read").get(PATH).then().statusCode(200);
    as("*", "tenants:read")
        .body("{\"entries\":[{\"kind\":\"key\"}]}")
        .post(PATH)
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                              | entries is a list
          {"entries":[]}                                  | entries is a list
          {"entries":[7]}                                 | The kind of an entry
          {"entries":[{"kind":"cow"}]}                    | The kind of an entry
          {"entries":[{"kind":"key"}]}                    | publicKey is
          {"entries":[{"kind":"key","x":1}]}              | The fields of a key are
          {"entries":[{"kind":"revocation"}]}             | owner is missing
          {"entries":[{"kind":"opstrace-id"}]}            | An Opstrace key id has
          """)
  void whatIsWrongIsSaid(String body, String sentence) {
    asOperator()
        .body(body)
        .post(PATH)
        .then()
        .statusCode(400)
        .body("detail", containsString(sentence));
  }

  @Test
  void anImportIsInTheAudit() {
    addRevocation("audited");
    List<JsonNode> exported = ofOwner(export(100));
    database.execute("DELETE FROM revocation WHERE owner = '" + acme + "'");

    store(exported).statusCode(200);

    assertThat(
            database.query(
                "SELECT count(*) FROM audit WHERE action = 'registry.import' AND content LIKE '%"
                    + exported.get(0).get("id").asText()
                    + "%'"))
        .isEqualTo("1");
  }

  private void addKey() {
    as(acme)
        .body(
            JsonNodeFactory.instance
                .objectNode()
                .put("key", TestKeys.newPublicKey())
                .put("owner", acme)
                .put("expiresAt", "2100-01-01T00:00:00Z")
                .put("description", "moves")
                .toString())
        .post("/api/v1/keys")
        .then()
        .statusCode(201);
  }

  private void addRevocation(String subject) {
    as(acme)
        .body("{\"subject\":\"%s\",\"issuer\":\"https://idp.example\"}".formatted(subject))
        .post("/api/v1/revocations")
        .then()
        .statusCode(201);
  }

  private static List<JsonNode> export(int pageSize) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page =
          FeedJson.read(
              asOperator().get(PATH + "?limit=" + pageSize + cursor).asString(), JsonNode.class);
      page.get("entries").forEach(all::add);
      cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : null;
    }
    return all;
  }

  private List<JsonNode> ofOwner(List<JsonNode> entries) {
    return entries.stream().filter(entry -> entry.path("owner").asText().equals(acme)).toList();
  }

  private static ValidatableResponse store(List<? extends JsonNode> entries) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    entries.forEach(list::add);
    return asOperator()
        .body(JsonNodeFactory.instance.objectNode().set("entries", list).toString())
        .post(PATH)
        .then();
  }

  private static String withoutRevision(String json) {
    return json.replaceAll("\"revision\":[0-9]+", "");
  }
}
