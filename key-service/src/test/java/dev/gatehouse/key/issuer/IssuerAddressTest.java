package dev.gatehouse.key.issuer;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.key.issuer.IssuerCalls.ISSUER;
import static dev.gatehouse.key.issuer.IssuerCalls.issuer;
import static dev.gatehouse.key.issuer.IssuerCalls.post;
import static dev.gatehouse.key.issuer.IssuerCalls.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.network.ScriptedNames;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where tenants can send us, and where not. Of the hosts here only 127.0.0.1 is allowed. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class IssuerAddressTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  @Inject
  ScriptedNames names;

  private final FakeProvider provider = FakeProvider.started();
  private String acme;

  @BeforeEach
  void aTenant() {
    acme = "acme-" + Long.toString(System.nanoTime(), 36);
    tenants.register(acme);
    provider.publish(FakeProvider.newKey("kid"));
  }

  @AfterEach
  void asItWas() {
    IssuerCalls.removeAllOf(acme);
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://0x7f.1/",
        "https://127.0.0.2/",
        "https://127.0.0.1./",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00:ec2::254]/",
        "https://169.254.169.254/",
        "https://10.0.0.1/",
        "https://１２７.０.０.１/",
        "https://loopback.example/",
        "https://mixed.example/",
        "http://public.example/",
        "https://u:p@public.example/",
        "https://public.example/?a=b",
        "https://public.example/#a",
        "file:///etc/passwd",
        "",
      })
  void anAddressThatIsNotPublicIsRefusedAndNothingIsWritten(String url) {
    names.answer("loopback.example", "127.0.0.1");
    names.answer("mixed.example", "169.254.169.254");
    names.answer("public.example", "8.8.8.8");
    long before = FeedReader.head();

    post(as(acme), issuer("idp", url, acme))
        .statusCode(400)
        .body("code", equalTo("issuer_url_refused"))
        .body("detail", allOf(not(containsString("127.")), not(containsString("169."))));

    assertThat(database.query("SELECT count(*) FROM issuer WHERE owner = '" + acme + "'"))
        .isEqualTo("0");
    assertThat(FeedReader.head()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void aNameWithPublicAddressesIsAccepted() {
    names.answer("public.example", "203.0.114.1");

    post(as(acme), issuer("idp", "https://public.example/", acme)).statusCode(201);
  }

  /** DNS rebinding: public when it was registered, and ours when the keys are fetched. */
  @Test
  void aNameThatComesToMeanAnAddressOfOursIsNotConnectedTo() {
    names.answer("rebinding.example", "203.0.114.1", "127.0.0.1");

    post(as(acme), issuer("idp", "https://rebinding.example/", acme)).statusCode(201);

    IssuerCalls.until("idp", acme, shown -> shown.has("lastError"));
    assertThat(show("idp", acme).path("lastError").asText()).isEqualTo("address_refused");
    as(acme)
        .post(ISSUER + "/refresh", "idp")
        .then()
        .statusCode(502)
        .body("code", equalTo("issuer_unreachable"))
        .body("detail", allOf(containsString("address_refused"), not(containsString("127.0"))));
  }

  /** The discovery document may lead anywhere; that is checked like everything else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2:1/keys",
        "http://localhost:1/keys",
        "https://10.0.0.1/keys",
        "https://metadata.example/keys",
      })
  void theAddressOfTheKeysIsCheckedToo(String jwksUri) {
    names.answer("metadata.example", "169.254.169.254");
    provider.nameKeysAt(jwksUri);

    post(as(acme), issuer("idp", provider.issuer(), acme)).statusCode(201);

    IssuerCalls.until("idp", acme, shown -> shown.has("lastError"));
    assertThat(show("idp", acme).path("lastError").asText()).isEqualTo("address_refused");
    assertThat(IssuerCalls.kids(show("idp", acme))).isEmpty();
  }

  @Test
  void redirectsAreNotFollowedWhereverTheyLead() {
    FakeProvider elsewhere = FakeProvider.started();
    provider.redirectTo(elsewhere.issuer() + "/.well-known/openid-configuration");

    post(as(acme), issuer("idp", provider.issuer(), acme)).statusCode(201);

    IssuerCalls.until("idp", acme, shown -> shown.has("lastError"));
    assertThat(show("idp", acme).path("lastError").asText()).isEqualTo("redirected");
    assertThat(elsewhere.requests()).isZero();
    elsewhere.close();
  }

  @Test
  void whyAFetchFailedIsSaidInOneWord() {
    record Fault(String word, Runnable cause) {}
    List<Fault> faults =
        List.of(
            new Fault("status_refused", () -> provider.answerWith(500)),
            new Fault("issuer_mismatch", () -> provider.pretendToBe("https://other.example")),
            new Fault("no_usable_key", () -> provider.publish("{\"kty\":\"oct\",\"k\":\"AQAB\"}")),
            new Fault("too_large", () -> provider.publish("\"" + "a".repeat(65_536) + "\"")),
            new Fault("unreachable", provider::close));
    post(as(acme), issuer("idp", provider.issuer(), acme)).statusCode(201);
    IssuerCalls.until("idp", acme, shown -> IssuerCalls.kids(shown).equals(List.of("kid")));

    for (Fault fault : faults) {
      provider.answerWith(200);
      provider.pretendToBe(null);
      fault.cause().run();
      as(acme).post(ISSUER + "/refresh", "idp");

      assertThat(show("idp", acme).path("lastError").asText()).isEqualTo(fault.word());
    }
  }
}
