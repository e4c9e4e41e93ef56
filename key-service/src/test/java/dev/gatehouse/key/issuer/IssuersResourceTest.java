package dev.gatehouse.key.issuer;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.key.issuer.IssuerCalls.ISSUER;
import static dev.gatehouse.key.issuer.IssuerCalls.ISSUERS;
import static dev.gatehouse.key.issuer.IssuerCalls.issuer;
import static dev.gatehouse.key.issuer.IssuerCalls.patch;
import static dev.gatehouse.key.issuer.IssuerCalls.post;
import static dev.gatehouse.key.issuer.IssuerCalls.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers over HTTP: what tenants and operators do with them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class IssuersResourceTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  FakeProvider configured;

  private final FakeProvider provider = FakeProvider.started();
  private String acme;
  private UUID registration;

  @BeforeEach
  void aTenantWithAProvider() {
    acme = "acme-" + Long.toString(System.nanoTime(), 36);
    registration = tenants.register(acme);
    provider.publish(FakeProvider.newKey("kid"));
  }

  @AfterEach
  void asItWas() {
    IssuerCalls.removeAllOf(acme);
    provider.close();
  }

  @Test
  void aTenantRegistersItsProviderAndTheGatewaysHearWhoseItIs() {
    String id =
        post(as(acme, "issuers:write *:read keys:read"), issuer("auth0", provider.issuer(), acme))
            .statusCode(201)
            .header("Location", "/api/v1/issuers/auth0?owner=" + acme)
            .header("ETag", startsWith("\""))
            .body("name", equalTo("auth0"))
            .body("issuer", equalTo(provider.issuer()))
            .body("audiences", contains("gatehouse-local/" + acme))
            .body("claimsNamespace", equalTo(""))
            .body("maySpeakFor", equalTo(acme))
            .body("owner", equalTo(acme))
            .body("defaultScopes", contains("*:read"))
            .body("scopes", contains("*:read", "issuers:write", "keys:read"))
            .body("origin", equalTo("api"))
            .body("keys", hasSize(0))
            .body("createdAt", notNullValue())
            .extract()
            .path("id");

    IssuerEntry entry = told(provider.issuer()).orElseThrow();
    assertThat(id).isNotBlank();
    assertThat(entry.ownerId()).contains(registration);
    assertThat(entry.maySpeakFor()).isEqualTo(Reach.parse(acme));
    assertThat(entry.scopes().orElseThrow()).hasSize(3);
  }

  @Test
  void itsKeysAreFetchedAtOnce() {
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);

    IssuerCalls.until("auth0", acme, shown -> IssuerCalls.kids(shown).equals(List.of("kid")));

    asOperator()
        .get(ISSUER + "?owner=" + acme, "auth0")
        .then()
        .body("keys.algorithm", contains("ES256"))
        .body("keysAsOf", notNullValue())
        .body("lastAttempt", notNullValue())
        .body("lastError", nullValue());
  }

  @Test
  void theOwnerIsTheCallersTenantUnlessItIsSaidAndOperatorsHaveToSayIt() {
    tenants.register(acme + ":pay");
    ObjectNode own = issuer("own", provider.issuer(), acme);
    own.remove("owner");

    post(as(acme), own).statusCode(201).body("owner", equalTo(acme));
    post(as(acme), issuer("nested", provider.issuer(), acme + ":pay"))
        .statusCode(201)
        .body("owner", equalTo(acme + ":pay"));
    post(asOperator(), own).statusCode(400).body("code", equalTo("field_invalid"));
    post(asOperator(), issuer("x", provider.issuer(), "*"))
        .statusCode(403)
        .body("code", equalTo("owner_refused"));
  }

  @Test
  void nobodyRegistersForOthersNorWithoutTheScopeNorMoreThanTheyHave() {
    tenants.register("other-" + acme);
    ObjectNode scoped = issuer("auth0", provider.issuer(), acme);
    scoped.putArray("scopes").add("keys:write");

    post(as(acme), issuer("auth0", provider.issuer(), "other-" + acme))
        .statusCode(403)
        .body("code", equalTo("tenant_mismatch"));
    post(as(acme), issuer("auth0", provider.issuer(), "no-such-tenant"))
        .statusCode(403)
        .body("code", equalTo("tenant_mismatch"));
    post(as(acme, "issuers:read *:read"), issuer("auth0", provider.issuer(), acme))
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    post(as(acme, "issuers:write *:read"), scoped)
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    post(as(acme, "issuers:write keys:write"), scoped).statusCode(201);
  }

  @Test
  void anOwnerThatIsNotRegisteredIsNotFound() {
    post(as(acme), issuer("auth0", provider.issuer(), acme + ":missing"))
        .statusCode(404)
        .body("code", equalTo("tenant_unknown"));
  }

  @Test
  void theSameOwnerHasANameOnlyOnceAndOthersHaveItToo() {
    String nested = acme + ":pay";
    tenants.register(nested);
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);

    post(as(acme), issuer("auth0", provider.issuer() + "/2", acme))
        .statusCode(409)
        .body("code", equalTo("issuer_exists"));
    post(as(acme), issuer("auth0", provider.issuer() + "/2", nested)).statusCode(201);
    as(acme).get(ISSUER, "auth0").then().statusCode(409).body("code", equalTo("issuer_ambiguous"));
    as(acme).get(ISSUER + "?owner=" + nested, "auth0").then().body("owner", equalTo(nested));
    as(nested).get(ISSUER, "auth0").then().body("owner", equalTo(nested));
  }

  @Test
  void aTokenCanBelongToOneRegistrationOnly() {
    ObjectNode other = issuer("b", provider.issuer(), acme);
    other.putArray("audiences").add("gatehouse-local/" + acme + "/b");
    post(as(acme), issuer("a", provider.issuer(), acme)).statusCode(201);

    post(as(acme), issuer("b", provider.issuer(), acme))
        .statusCode(409)
        .body("code", equalTo("issuer_ambiguous"));
    post(as(acme), other).statusCode(201);
    patch(as(acme), "b", acme, "{'audiences':['gatehouse-local/" + acme + "']}")
        .statusCode(409)
        .body("code", equalTo("issuer_ambiguous"));
    post(as(acme), issuer("c", provider.issuer() + "/other", acme)).statusCode(201);
  }

  @Test
  void ofManyWhoWantTheSameAudienceAtOnceOneGetsIt() {
    List<CompletableFuture<Integer>> posts =
        IntStream.range(0, 8)
            .mapToObj(i -> issuer("race-" + i, provider.issuer(), acme))
            .map(body -> later(() -> post(asOperator(), body).extract().statusCode()))
            .toList();

    assertThat(posts.stream().map(CompletableFuture::join))
        .containsOnly(201, 409)
        .containsOnlyOnce(201);
  }

  @Test
  void anIssuerIsChangedAndWhatItDoesNotNameStays() {
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);
    IssuerCalls.until("auth0", acme, shown -> !IssuerCalls.kids(shown).isEmpty());

    patch(
            as(acme).contentType("application/merge-patch+json"),
            "auth0",
            acme,
            "{'claimsNamespace':'https://acme.example','defaultScopes':['loki:read']}")
        .statusCode(200)
        .body("claimsNamespace", equalTo("https://acme.example"))
        .body("defaultScopes", contains("loki:read"))
        .body("audiences", contains("gatehouse-local/" + acme));

    IssuerEntry entry = told(provider.issuer()).orElseThrow();
    assertThat(entry.claimsNamespace()).isEqualTo("https://acme.example");
    assertThat(entry.keys()).hasSize(1);
  }

  @Test
  void whoChangesAnIssuerMustHaveAllThatItGrants() {
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);

    patch(
            as(acme, "issuers:write *:read"),
            "auth0",
            acme,
            "{'audiences':['gatehouse-local/" + acme + "/mine']}")
        .statusCode(403)
        .body("code", equalTo("scope_insufficient"));
    patch(
            as(acme, "issuers:write *:read"),
            "auth0",
            acme,
            "{'scopes':['*:read'],'defaultScopes':['*:read']}")
        .statusCode(200)
        .body("scopes", contains("*:read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'issuer':'https://idp.example.com'}",
        "{'name':'b'}",
        "{'owner':'b'}",
        "{'maySpeakFor':'*'}",
        "{'audiences':[]}",
        "{'audiences':['gatehouse-local']}",
        "{'scopes':'*:read'}"
      })
  void aChangeBeyondTheTermsIsRefused(String patch) {
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);

    patch(as(acme), "auth0", acme, patch).statusCode(400).body("code", equalTo("field_invalid"));
  }

  @Test
  void aWriteForAnotherStateIsRefused() {
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);
    IssuerCalls.until("auth0", acme, shown -> !IssuerCalls.kids(shown).isEmpty());
    String current = as(acme).get(ISSUER, "auth0").header("ETag");

    patch(as(acme).header("If-Match", "\"1\""), "auth0", acme, "{'claimsNamespace':'a'}")
        .statusCode(412)
        .body("code", equalTo("revision_mismatch"));
    patch(as(acme).header("If-Match", current), "auth0", acme, "{'claimsNamespace':'a'}")
        .statusCode(200);
    as(acme).header("If-Match", current).delete(ISSUER, "auth0").then().statusCode(412);
  }

  @Test
  void aRemovedIssuerIsGoneFromTheGateways() {
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);

    as(acme)
        .delete(ISSUER, "auth0")
        .then()
        .statusCode(200)
        .body("name", equalTo("auth0"))
        .body("owner", equalTo(acme))
        .body("revision", notNullValue());

    assertThat(told(provider.issuer())).isEmpty();
    as(acme).get(ISSUER, "auth0").then().statusCode(404).body("code", equalTo("issuer_not_found"));
  }

  @Test
  void whatOthersHaveDoesNotExist() {
    String other = "other-" + acme;
    tenants.register(other);
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);

    for (String path : List.of(ISSUER, ISSUER + "?owner=" + acme)) {
      as(other).get(path, "auth0").then().statusCode(404).body("code", equalTo("issuer_not_found"));
      as(other).delete(path, "auth0").then().statusCode(404);
      as(other).body("{}").patch(path, "auth0").then().statusCode(404);
      as(other).post(path.replace("{name}", "{name}/refresh"), "auth0").then().statusCode(404);
    }
    as(other).get(ISSUERS).then().statusCode(200).body("issuers", hasSize(0));
    as(other)
        .get(ISSUERS + "?owner=" + acme)
        .then()
        .statusCode(403)
        .body("code", equalTo("tenant_mismatch"));
    as(acme, "keys:read").get(ISSUERS).then().statusCode(403);
    as(acme, "issuers:read").delete(ISSUER, "auth0").then().statusCode(403);
    as(acme, "issuers:read").get(ISSUER, "auth0").then().statusCode(200);
  }

  @Test
  void issuersOfTheConfigurationAreSeenByOperatorsAndChangedByNobody() {
    String path = ISSUER + "?owner=*";

    asOperator()
        .get(path, "default")
        .then()
        .statusCode(200)
        .body("issuer", equalTo(configured.issuer()))
        .body("origin", equalTo("configuration"))
        .body("owner", equalTo("*"))
        .body("maySpeakFor", equalTo("*"))
        .body("scopes", nullValue());
    asOperator()
        .body("{\"claimsNamespace\":\"a\"}")
        .patch(path, "default")
        .then()
        .statusCode(409)
        .body("code", equalTo("issuer_configured"));
    asOperator()
        .delete(path, "default")
        .then()
        .statusCode(409)
        .body("code", equalTo("issuer_configured"));
    asOperator().post(ISSUER + "/refresh?owner=*", "default").then().statusCode(200);
    as(acme).get(ISSUER, "default").then().statusCode(404);
    as(acme).delete(ISSUER, "default").then().statusCode(404);
  }

  @Test
  void listsComeInPagesByOwnerAndName() {
    tenants.register(acme + ":pay");
    post(as(acme), issuer("b", provider.issuer(), acme)).statusCode(201);
    post(as(acme), issuer("a", provider.issuer() + "/2", acme)).statusCode(201);
    post(as(acme), issuer("c", provider.issuer(), acme + ":pay")).statusCode(201);

    String next =
        as(acme)
            .get(ISSUERS + "?limit=2")
            .then()
            .body("issuers.name", contains("a", "b"))
            .extract()
            .path("next");
    as(acme)
        .get(ISSUERS + "?limit=2&cursor=" + next)
        .then()
        .body("issuers.name", contains("c"))
        .body("next", nullValue());
    as(acme)
        .get(ISSUERS + "?owner=" + acme)
        .then()
        .body("issuers.owner", everyItem(equalTo(acme)))
        .body("issuers.name", containsInAnyOrder("a", "b"));
    as(acme)
        .get(ISSUERS + "?cursor=bm9ibGFuaw")
        .then()
        .statusCode(400)
        .body("code", equalTo("cursor_invalid"));
  }

  @Test
  void aRepeatedPostAnswersTheSame() {
    ObjectNode body = issuer("auth0", provider.issuer(), acme);
    String key = UUID.randomUUID().toString();

    String first = post(as(acme).header("Idempotency-Key", key), body).extract().path("id");
    long head = FeedReader.head();

    post(as(acme).header("Idempotency-Key", key), body).statusCode(201).body("id", equalTo(first));
    post(as(acme), body).statusCode(409).body("code", equalTo("issuer_exists"));
    post(as(acme).header("Idempotency-Key", key), body.put("name", "other"))
        .statusCode(409)
        .body("code", equalTo("idempotency_key_reused"));
    assertThat(FeedReader.head()).isBetween(head, head + 1);
  }

  @Test
  void theNextTenantOfANameInheritsNoIssuers() {
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);
    UUID anew = tenants.register(acme);

    post(as(acme), issuer("keycloak", provider.issuer(), acme)).statusCode(201);

    as(acme).get(ISSUERS).then().body("issuers.name", contains("keycloak"));
    assertThat(told(provider.issuer()).flatMap(IssuerEntry::ownerId)).isEqualTo(Optional.of(anew));
  }

  @Test
  void aSubtreeHasAQuota() {
    for (int i = 0; i < 20; i++) {
      post(as(acme), issuer("idp-" + i, provider.issuer() + "/" + i, acme)).statusCode(201);
    }

    post(as(acme), issuer("more", provider.issuer() + "/more", acme))
        .statusCode(403)
        .body("code", equalTo("quota_exceeded"));
    post(asOperator(), issuer("more", provider.issuer() + "/more", acme)).statusCode(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name | Auth0
          name | aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx
          name |
          maySpeakFor | *
          owner | _
          claimsNamespace | a b
          unknown | a
          """)
  void aBadFieldIsRefused(String field, String value) {
    ObjectNode body = issuer("auth0", provider.issuer(), acme);

    post(as(acme), body.put(field, value == null ? "" : value))
        .statusCode(400)
        .body("code", equalTo("field_invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "\"a\"", "{\"name\":\"a\",\"name\":\"b\"}"})
  void whatIsNoObjectIsMalformed(String body) {
    as(acme)
        .body(body)
        .post(ISSUERS)
        .then()
        .statusCode(400)
        .body("code", equalTo("request_malformed"));
  }
}
