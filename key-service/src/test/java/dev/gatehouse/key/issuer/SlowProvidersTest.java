package dev.gatehouse.key.issuer;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.key.issuer.IssuerCalls.ISSUER;
import static dev.gatehouse.key.issuer.IssuerCalls.issuer;
import static dev.gatehouse.key.issuer.IssuerCalls.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that never answers beside one that does. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class SlowProvidersTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  private final FakeProvider good = FakeProvider.started();
  private final FakeProvider silent = FakeProvider.started();
  private String acme;
  private String evil;

  @BeforeEach
  void twoTenants() {
    String unique = Long.toString(System.nanoTime(), 36);
    acme = "acme-" + unique;
    evil = "evil-" + unique;
    List.of(acme, evil).forEach(tenants::register);
    good.publish(FakeProvider.newKey("kid"));
    silent.fallSilent();
  }

  @AfterEach
  void asItWas() {
    IssuerCalls.removeAllOf(acme);
    IssuerCalls.removeAllOf(evil);
    good.close();
    silent.close();
  }

  @Test
  void manyThatNeverAnswerDelayNobodyElse() {
    for (int i = 0; i < 20; i++) {
      post(as(evil), issuer("idp-" + i, silent.issuer() + "/" + i, evil)).statusCode(201);
    }
    await().atMost(IssuerCalls.PATIENCE).until(() -> silent.requests() >= Turns.MOST_OF_ONE);
    post(as(acme), issuer("idp", good.issuer(), acme)).statusCode(201);

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> IssuerCalls.kids(IssuerCalls.show("idp", acme)).equals(List.of("kid")));

    makeAllDue();
    good.publish(FakeProvider.newKey("next"));
    as(acme).post(ISSUER + "/refresh", "idp").then().statusCode(200);
    assertThat(IssuerCalls.kids(IssuerCalls.show("idp", acme))).containsExactly("next");
    assertThat(failuresOf(acme)).isEqualTo("0");
  }

  @Test
  void aSilentProviderIsGivenUpAndKeptApart() {
    post(as(evil), issuer("idp", silent.issuer(), evil)).statusCode(201);

    IssuerCalls.until("idp", evil, shown -> shown.path("lastError").asText().equals("too_slow"));

    assertThat(failuresOf(evil)).isNotEqualTo("0");
  }

  @Test
  void oldKeysOfATenantsIssuerAreKeptWhileItsProviderIsDown() {
    post(as(acme), issuer("idp", good.issuer(), acme)).statusCode(201);
    IssuerCalls.until("idp", acme, shown -> IssuerCalls.kids(shown).equals(List.of("kid")));
    good.answerWith(500);

    makeAllDue();

    IssuerCalls.until("idp", acme, shown -> shown.has("lastError"));
    assertThat(IssuerCalls.kids(IssuerCalls.show("idp", acme))).containsExactly("kid");
  }

  @Test
  void anUnknownKeyOfATenantsIssuerIsFetchedBeforeItIsAnswered() {
    String id = post(as(acme), issuer("idp", good.issuer(), acme)).extract().path("id");
    IssuerCalls.until("idp", acme, shown -> IssuerCalls.kids(shown).equals(List.of("kid")));
    good.publish(FakeProvider.newKey("kid"), FakeProvider.newKey("next"));
    database.execute(
        "UPDATE issuer SET attempted_at = now() - interval '1 h' WHERE owner = '" + acme + "'");

    report(id, "next").then().statusCode(200);

    assertThat(IssuerCalls.told(good.issuer()).orElseThrow().keys()).hasSize(2);
  }

  @Test
  void reportsOfKeysOfSilentProvidersDoNotHoldUpThoseOfOthers() {
    List<String> silentOnes =
        IntStream.range(0, 8)
            .mapToObj(i -> issuer("idp-" + i, silent.issuer() + "/" + i, evil))
            .map(body -> post(as(evil), body).extract().<String>path("id"))
            .toList();
    String id = post(as(acme), issuer("idp", good.issuer(), acme)).extract().path("id");
    IssuerCalls.until("idp", acme, shown -> IssuerCalls.kids(shown).equals(List.of("kid")));
    List<CompletableFuture<Integer>> reports =
        silentOnes.stream().map(it -> later(() -> report(it, "made-up").statusCode())).toList();

    report(id, "kid").then().statusCode(200);

    assertThat(reports).allSatisfy(it -> assertThat(it.join()).isEqualTo(503));
  }

  @Test
  void aReportOfAnIssuerThatIsNotThereIsNotFound() {
    report(UUID.randomUUID().toString(), "kid")
        .then()
        .statusCode(404)
        .body("code", equalTo("issuer_not_found"));
  }

  private static io.restassured.response.Response report(String issuer, String kid) {
    return asOperator()
        .body("{\"kid\":\"" + kid + "\"}")
        .post("/internal/v1/issuers/" + issuer + "/unknown-key");
  }

  private void makeAllDue() {
    database.execute("UPDATE issuer SET next_fetch_at = now() WHERE owner <> '*'");
  }

  private String failuresOf(String owner) {
    return database.query("SELECT max(failures) FROM issuer WHERE owner = '" + owner + "'");
  }
}
