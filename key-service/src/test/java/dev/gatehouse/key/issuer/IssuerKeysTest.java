package dev.gatehouse.key.issuer;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.Neighbours;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class IssuerKeysTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @SuppressWarnings("NullAway.Init")
  FakeProvider provider;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  @Inject
  @SuppressWarnings("NullAway.Init")
  MeterRegistry metrics;

  private String kid;

  /** A provider with one key that the gateways have been told of. */
  @BeforeEach
  void aKnownKey() {
    repair();
    kid = "kid-" + UUID.randomUUID();
    provider.publish(FakeProvider.newKey(kid));
    await().atMost(PATIENCE).until(this::isFirstFetchDone);
    makeDue();
    await().atMost(PATIENCE).until(() -> knownKids().equals(List.of(kid)));
  }

  @AfterEach
  void repair() {
    provider.answerWith(200);
    provider.pretendToBe(null);
  }

  @Test
  void theGatewaysAreToldOfTheConfiguredIssuerAndItsKeys() {
    IssuerEntry told = told();

    assertThat(told.name()).isEqualTo("default");
    assertThat(told.issuer()).isEqualTo(provider.issuer());
    assertThat(told.audiences()).containsExactly("gatehouse-test");
    assertThat(told.claimsNamespace()).isEqualTo("https://gatehouse.dev/claims");
    assertThat(told.maySpeakFor()).isEqualTo(Reach.EVERYTHING);
    assertThat(told.ownerId()).isEmpty();
    assertThat(told.defaultScopes()).isEqualTo(Scope.ALL_DATA);
    assertThat(told.keys().get(0).alg()).contains("ES256");
    assertThat(told.keysAsOf()).isPresent();
  }

  @Test
  void theSameKeysAreFetchedWithoutAWordToTheGateways() {
    long before = FeedReader.head();
    int fetches = provider.fetches();

    makeDue();

    await().atMost(PATIENCE).until(() -> provider.fetches() > fetches);
    await().atMost(PATIENCE).until(this::isIdle);
    assertThat(FeedReader.head()).isEqualTo(before);
  }

  @Test
  void whatCannotBeUsedIsPassedBy() {
    String good = "good-" + UUID.randomUUID();
    provider.publish(
        "{\"kid\":\"a\",\"kty\":\"oct\",\"k\":\"AQAB\"}",
        FakeProvider.newKey(good),
        FakeProvider.newKey("b").replace("ES256", "ECDH-ES"));

    makeDue();

    await().atMost(PATIENCE).until(() -> knownKids().equals(List.of(good)));
  }

  @Test
  void oldKeysAreKeptWhileTheProviderIsDownAndReplacedWhenItIsBack() {
    double refused = fetches("status_refused");
    provider.answerWith(500);
    makeDue();
    await().atMost(PATIENCE).until(() -> failures() > 0);
    assertThat(knownKids()).containsExactly(kid);
    assertThat(fetches("status_refused")).isGreaterThan(refused);
    double fetched = fetches("ok");

    String next = "next-" + UUID.randomUUID();
    provider.publish(FakeProvider.newKey(next));
    provider.answerWith(200);
    makeDue();

    await().atMost(PATIENCE).until(() -> knownKids().equals(List.of(next)));
    assertThat(failures()).isZero();
    assertThat(fetches("ok")).isGreaterThan(fetched);
  }

  @Test
  void aProviderThatSaysItIsAnotherIsNotBelieved() {
    provider.publish(FakeProvider.newKey("evil"));
    provider.pretendToBe(provider.issuer() + "/");

    makeDue();

    await().atMost(PATIENCE).until(() -> failures() > 0);
    assertThat(knownKids()).containsExactly(kid);
  }

  @Test
  void anUnknownKeyIsFetchedBeforeItIsAnswered() {
    String next = "next-" + UUID.randomUUID();
    provider.publish(FakeProvider.newKey(kid), FakeProvider.newKey(next));
    outOfLimit();

    long revision = report(next).statusCode(200).extract().jsonPath().getLong("revision");

    assertThat(knownKids()).containsExactly(kid, next);
    assertThat(FeedReader.at(revision).kind()).isEqualTo("issuer");
  }

  @Test
  void aKeyThatNobodyHasIsSettledAtTheRevisionOfTheIssuer() {
    outOfLimit();

    report("made-up").statusCode(200).body("revision", equalTo((int) lastChange().revision()));
    report(kid).statusCode(200).body("revision", equalTo((int) lastChange().revision()));
  }

  @Test
  void aFloodOfUnknownKeysIsNoFloodForTheProvider() {
    outOfLimit();
    int before = provider.fetches();
    database.execute("UPDATE issuer SET next_fetch_at = now() + interval '1 h' WHERE owner = '*'");

    List<CompletableFuture<Integer>> reports =
        IntStream.range(0, 20)
            .mapToObj(i -> later(() -> report("made-up-" + i).extract().statusCode()))
            .toList();

    assertThat(reports).allSatisfy(report -> assertThat(report.join()).isEqualTo(200));
    assertThat(provider.fetches() - before).isBetween(1, 3);
  }

  @Test
  void whileTheProviderIsDownNothingIsSettled() {
    provider.answerWith(500);
    outOfLimit();

    report("made-up").statusCode(503).body("code", equalTo("service_unavailable"));
    report("made-up-too").statusCode(503).body("code", equalTo("service_unavailable"));
    report(kid).statusCode(200);
  }

  @Test
  void whatIsNoReportIsRefused() {
    String path = "/internal/v1/issuers/%s/unknown-key";

    asOperator()
        .body("{\"kid\":\"a\"}")
        .post(path.formatted(UUID.randomUUID()))
        .then()
        .statusCode(404)
        .body("code", equalTo("issuer_not_found"));
    asOperator().body("{\"kid\":\"a\"}").post(path.formatted("x")).then().statusCode(404);
    asOperator().body("{}").post(path.formatted(lastChange().id())).then().statusCode(400);
    report("k".repeat(257)).statusCode(400).body("code", equalTo("field_invalid"));
    as("acme")
        .body("{\"kid\":\"a\"}")
        .post(path.formatted(lastChange().id()))
        .then()
        .statusCode(403)
        .body("code", equalTo("not_allowed"));
  }

  private ValidatableResponse report(String unknown) {
    return asOperator()
        .body("{\"kid\":\"" + unknown + "\"}")
        .post("/internal/v1/issuers/" + lastChange().id() + "/unknown-key")
        .then();
  }

  private static Change lastChange() {
    return FeedReader.page().changes().stream()
        .filter(change -> change.kind().equals("issuer"))
        .filter(change -> change.content().map(it -> !it.contains("ownerId")).orElse(false))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static IssuerEntry told() {
    return FeedReader.state("issuer", IssuerEntry.class).stream()
        .filter(entry -> entry.ownerId().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> knownKids() {
    return told().keys().stream().map(TrustedKey::kid).toList();
  }

  private boolean isFirstFetchDone() {
    return database
            .query("SELECT count(*) FROM information_schema.tables WHERE table_name = 'issuer'")
            .equals("1")
        && database
            .query("SELECT count(*) FROM issuer WHERE owner = '*' AND attempted_at IS NOT NULL")
            .equals("1")
        && isIdle();
  }

  private boolean isIdle() {
    return database
        .query("SELECT count(*) FROM issuer WHERE owner = '*' AND leased_until IS NULL")
        .equals("1");
  }

  private int failures() {
    return Integer.parseInt(database.query("SELECT failures FROM issuer WHERE owner = '*'"));
  }

  /** Of the operator's issuers. */
  private double fetches(String result) {
    return metrics
        .get("gatehouse.issuer.fetches")
        .tags("owner", "operator", "result", result)
        .counter()
        .count();
  }

  private void makeDue() {
    database.execute("UPDATE issuer SET next_fetch_at = now(), failures = 0 WHERE owner = '*'");
  }

  private void outOfLimit() {
    await().atMost(PATIENCE).until(this::isIdle);
    database.execute("UPDATE issuer SET attempted_at = now() - interval '1 h' WHERE owner = '*'");
  }
}
