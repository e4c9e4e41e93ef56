package dev.gatehouse.tenant.registry;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class RegistryTransferTest {

  private static final String PATH = "/api/v1/registry/tenants";
  private static final String ID = "7b0e8f0a-4a39-4c0c-8b35-0d6a8f6f0001";
  private static final String LIMITED = ",\"limits\":{\"bodyBytes\":1}";
  private static final String OTHER_ID = "7b0e8f0a-4a39-4c0c-8b35-0d6a8f6f0002";

  @SuppressWarnings("NullAway.Init") // Injected.
  TestDatabase database;

  @BeforeEach
  void anEmptyRegistry() {
    untilReady();
    wipe();
  }

  @Test
  void whatWasExportedIsThereAgainAfterTheImport() {
    aLife();
    List<Map<String, Object>> exported = exportAll(1_000);
    String tenants = tenantsOf("acme", "acme:pay", "beta");
    wipe();

    load(exported).then().statusCode(200).body("created", equalTo(exported.size()));

    assertThat(exportAll(1_000)).isEqualTo(exported);
    assertThat(tenantsOf("acme", "acme:pay", "beta")).isEqualTo(tenants);
  }

  @Test
  void parentsComeFirstThenFormerNamesThenFormerOrganisationIds() {
    aLife();

    assertThat(exportAll(1_000).stream().map(RegistryTransferTest::label))
        .containsExactly(
            "tenant acme",
            "tenant acme:pay",
            "tenant beta",
            "former-name beta",
            "former-name gone",
            "former-org-id beta",
            "former-org-id old-data");
  }

  @Test
  void anExportComesInPages() {
    aLife();

    for (int limit = 1; limit <= 8; limit++) {
      assertThat(exportAll(limit)).isEqualTo(exportAll(1_000));
    }
  }

  @Test
  void whatIsThereAlreadyStaysAsItIs() {
    aLife();
    List<Map<String, Object>> exported = exportAll(1_000);
    String head = head();

    load(exported)
        .then()
        .statusCode(200)
        .body("created", equalTo(0))
        .body("unchanged", equalTo(exported.size()))
        .body("revision", nullValue());

    assertThat(head()).isEqualTo(head);
  }

  @Test
  void theFeedTellsOfWhatWasImported() {
    Response imported = load(batch(tenant(ID, "acme", ""), tenant(OTHER_ID, "acme:pay", "")));

    imported.then().statusCode(200).header("ETag", notNullValue()).body("created", equalTo(2));
    assertThat(
            database.query(
                "SELECT count(*) FROM tenant t JOIN change c USING (id, revision)"
                    + " WHERE t.name IN ('acme', 'acme:pay')"))
        .isEqualTo("2");
    int revision = imported.path("revision");
    asOperator().get("/api/v1/tenants/acme:pay").then().body("revision", equalTo(revision));
    asOperator().get("/api/v1/tenants/acme").then().body("revision", equalTo(revision - 1));
  }

  @Test
  void theOrderWithinABatchDoesNotMatter() {
    load(batch(tenant(OTHER_ID, "acme:pay", ""), tenant(ID, "acme", "")))
        .then()
        .statusCode(200)
        .body("created", equalTo(2));
  }

  @Test
  void anEntryThatIsThereTwiceCountsOnce() {
    load(batch(tenant(ID, "acme", ""), tenant(ID, "acme", "")))
        .then()
        .statusCode(200)
        .body("created", equalTo(1))
        .body("unchanged", equalTo(1));
  }

  @Test
  void aFormerNameIsReusedOnlyWhenThatIsMeant() {
    load(batch(formerName("acme", 5_000)))
        .then()
        .statusCode(200)
        .body("created", equalTo(1))
        .body("revision", nullValue());

    asOperator()
        .body("{\"name\":\"acme\"}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(409)
        .body("code", equalTo("name_was_used"));
    asOperator()
        .body("{\"name\":\"acme\",\"reuse\":true}")
        .post("/api/v1/tenants")
        .then()
        .statusCode(201);
    assertThat(database.query("SELECT tokens_not_before FROM tenant WHERE name = 'acme'"))
        .isEqualTo("5000");
  }

  static Stream<Arguments> contradictions() {
    String nil = new UUID(0, 0).toString();
    return Stream.of(
        arguments("its id has another name", tenant(ID, "other", ""), "tenant other"),
        arguments("its name has another id", tenant(OTHER_ID, "acme", ""), "tenant acme"),
        arguments(
            "its organisation id has another name",
            tenant(OTHER_ID, "other", "acme", "active", ""),
            "tenant other"),
        arguments("its status differs", tenant(ID, "acme", "acme", "suspended", ""), "tenant acme"),
        arguments("its limits differ", tenant(ID, "acme", LIMITED), "tenant acme"),
        arguments("its parent is not there", tenant(OTHER_ID, "no:pay", ""), "tenant no:pay"),
        arguments("its id is the default tenant's", tenant(nil, "nil", ""), "tenant nil"),
        arguments("a tenant would accept older tokens", formerName("acme", 1), "former name acme"),
        arguments("the name was given up later", formerName("gone", 6_000), "former name gone"),
        arguments("it would accept older tokens", tenant(OTHER_ID, "gone", ""), "tenant gone"),
        arguments(
            "so would this one",
            tenant(OTHER_ID, "gone", ",\"tokensNotBefore\":4999"),
            "tenant gone"),
        arguments(
            "the batch has two of one id",
            tenant(OTHER_ID, "x1", "") + "," + tenant(OTHER_ID, "x2", ""),
            "tenant x1"),
        arguments(
            "the batch has two of one former name",
            formerName("x1", 1) + "," + formerName("x1", 2),
            "former name x1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contradictions")
  void aContradictionIsNamedAndNothingOfTheBatchIsWritten(
      String why, String entries, String named) {
    load(batch(tenant(ID, "acme", ""), formerName("gone", 5_000))).then().statusCode(200);
    String before = head() + exportAll(1_000);

    load(batch(tenant(new UUID(7, 7).toString(), "innocent", ""), entries))
        .then()
        .statusCode(409)
        .body("code", equalTo("import_conflict"))
        .body("detail", startsWith(named + ": "))
        .body("detail", endsWith("Nothing was imported."));

    assertThat(head() + exportAll(1_000)).isEqualTo(before);
  }

  @Test
  void aNewTenantOfAFormerNameIsTakenWhenItRefusesTheOldTokens() {
    load(batch(formerName("acme", 5_000), tenant(ID, "acme", ",\"tokensNotBefore\":5000")))
        .then()
        .statusCode(200)
        .body("created", equalTo(2));
  }

  @Test
  void theDefaultTenantIsNeitherExportedNorImported() {
    assertThat(exportAll(10)).isEmpty();
    load(batch(tenant(ID, "_", ""))).then().statusCode(409).body("code", equalTo("default_tenant"));
  }

  @Test
  void fiveHundredEntriesAreImportedTogetherAndNotOneMore() {
    load(manyTenants(501)).then().statusCode(400).body("code", equalTo("field_invalid"));

    load(manyTenants(500)).then().statusCode(200).body("created", equalTo(500));

    assertThat(exportAll(77)).hasSize(500);
    load(manyTenants(500)).then().body("unchanged", equalTo(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "_"})
  void aTenantNeitherExportsNorImports(String tenant) {
    as(tenant).get(PATH).then().statusCode(403).body("code", equalTo("not_allowed"));
    as(tenant)
        .body("{\"entries\":[]}")
        .post(PATH)
        .then()
        .statusCode(403)
        .body("code", equalTo("not_allowed"));
  }

  @Test
  void anOperatorNeedsTheScopes() {
    as("*", "tenants:read").get(PATH).then().statusCode(200);
    as("*", "keys:write").get(PATH).then().statusCode(403);
    as("*", "tenants:read")
        .body("{\"entries\":[]}")
        .post(PATH)
        .then()
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"entries\":null}",
        "{\"entries\":[null]}",
        "{\"entries\":[{}]}",
        "{\"entries\":[{\"kind\":\"planet\"}]}",
        "{\"entries\":[{\"kind\":\"tenant\"}]}",
        "{\"entries\":[{\"kind\":\"former-name\",\"name\":\"ab\"}]}",
        "{\"entries\":[{\"kind\":\"former-name\",\"name\":\"ab\",\"tokensNotBefore\":-1}]}",
        "{\"entries\":[{\"kind\":\"former-name\",\"name\":\"ab\",\"tokensNotBefore\":253402300800}]}",
        "{\"entries\":[{\"kind\":\"former-org-id\"}]}",
        "{\"entries\":[{\"kind\":\"former-org-id\",\"orgId\":\"a\",\"name\":\"b\"}]}",
        "{\"entries\":[7]}",
        "{\"entries\":7}",
        "{\"more\":[]}",
      })
  void aMistakeIsAProblem(String body) {
    load(body).then().statusCode(400).body("code", equalTo("field_invalid"));
  }

  @ParameterizedTest
  @CsvSource({
    "id,7",
    "id,\"acme\"",
    "status,\"gone\"",
    "createdAt,\"yesterday\"",
    "createdAt,\"1969-12-31T23:59:59Z\"",
    "createdAt,\"+12026-01-01T00:00:00Z\"",
    "tokensNotBefore,\"soon\"",
    "displayName,7",
  })
  void aFieldOfAnotherFormIsAProblem(String field, String value) {
    String entry = tenant(ID, "acme", ",\"tokensNotBefore\":1,\"displayName\":\"a\"");

    String broken =
        entry.replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\d+)", "\"" + field + "\":" + value);

    load(batch(broken)).then().statusCode(400).body("code", equalTo("field_invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eA", "!", "YWNtZQ"})
  void aCursorOfAnotherFormIsAProblem(String cursor) {
    asOperator()
        .get(PATH + "?cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("code", equalTo("cursor_invalid"));
  }

  /** One tenant with all that it can have, one in it, one of a used name, one that is gone. */
  private static void aLife() {
    register(
        "{\"name\":\"acme\",\"displayName\":\"Ac \\u00e9\",\"orgId\":\"TeamA\","
            + "\"limits\":{\"bodyBytes\":7}}");
    register("{\"name\":\"acme:pay\"}");
    asOperator().body("{\"status\":\"suspended\"}").patch("/api/v1/tenants/acme:pay");
    register("{\"name\":\"beta\"}");
    asOperator().delete("/api/v1/tenants/beta").then().statusCode(200);
    register("{\"name\":\"beta\",\"reuse\":true}");
    register("{\"name\":\"gone\",\"orgId\":\"old-data\"}");
    asOperator().delete("/api/v1/tenants/gone").then().statusCode(200);
  }

  private static void register(String body) {
    asOperator().body(body).post("/api/v1/tenants").then().statusCode(201);
  }

  private static List<Map<String, Object>> exportAll(int limit) {
    List<Map<String, Object>> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Response page =
          asOperator()
              .get(PATH + "?limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.then().statusCode(200);
      List<Map<String, Object>> entries = page.path("entries");
      assertThat(entries).hasSizeLessThanOrEqualTo(limit);
      all.addAll(entries);
      cursor = page.path("next");
    }
    return all;
  }

  private static Response load(List<Map<String, Object>> entries) {
    return asOperator().body(Map.of("entries", entries)).post(PATH);
  }

  private static Response load(String body) {
    return asOperator().body(body).post(PATH);
  }

  private static String manyTenants(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> tenant(new UUID(1, i).toString(), "many-" + i, ""))
        .collect(
            Collectors.collectingAndThen(Collectors.joining(","), RegistryTransferTest::batch));
  }

  private static String tenant(String id, String name, String more) {
    return tenant(id, name, name.replace(':', '.'), "active", more);
  }

  private static String tenant(String id, String name, String orgId, String status, String more) {
    return ("{\"kind\":\"tenant\",\"id\":\"%s\",\"name\":\"%s\",\"orgId\":\"%s\",\"status\":\"%s\","
            + "\"createdAt\":\"2026-01-02T03:04:05.678Z\"%s}")
        .formatted(id, name, orgId, status, more);
  }

  private static String formerName(String name, long tokensNotBefore) {
    return "{\"kind\":\"former-name\",\"name\":\"%s\",\"tokensNotBefore\":%d}"
        .formatted(name, tokensNotBefore);
  }

  private static String batch(String... entries) {
    return "{\"entries\":[" + String.join(",", entries) + "]}";
  }

  private static String label(Map<String, Object> entry) {
    return entry.get("kind") + " " + entry.getOrDefault("name", entry.get("orgId"));
  }

  private void wipe() {
    database.execute(
        "DELETE FROM former_name; DELETE FROM former_org_id; DELETE FROM tenant WHERE name <> '_'");
  }

  private String head() {
    return database.query("SELECT revision || hash FROM feed_head");
  }

  private String tenantsOf(String... names) {
    return database.query(
        "SELECT string_agg(concat_ws('|', id, name, parent_id, org_id, display_name, status,"
            + " limits, tokens_not_before, created_at), E'\\n' ORDER BY name) FROM tenant"
            + " WHERE name IN ('"
            + String.join("','", names)
            + "')");
  }
}
