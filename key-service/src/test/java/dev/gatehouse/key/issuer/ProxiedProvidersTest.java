package dev.gatehouse.key.issuer;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.key.issuer.IssuerCalls.issuer;
import static dev.gatehouse.key.issuer.IssuerCalls.post;
import static dev.gatehouse.key.issuer.IssuerCalls.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.FakeProxy;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.network.ScriptedNames;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that reaches identity providers through a proxy only; 127.0.0.1 is the exception. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
@QuarkusTestResource(
    value = ProxiedProvidersTest.BehindAProxy.class,
    restrictToAnnotatedClass = true)
class ProxiedProvidersTest {

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  FakeProxy proxy;

  @SuppressWarnings("NullAway.Init")
  @Inject
  ScriptedNames names;

  private String acme;

  @BeforeEach
  void aTenant() {
    acme = "acme-" + Long.toString(System.nanoTime(), 36);
    tenants.register(acme);
  }

  @AfterEach
  void asItWas() {
    IssuerCalls.removeAllOf(acme);
  }

  /** No DNS of ours knows the name. */
  @Test
  void theOperatorsProviderIsAskedForByItsName() {
    await()
        .atMost(IssuerCalls.PATIENCE)
        .untilAsserted(() -> assertThat(asked()).contains("CONNECT corp.invalid:443 HTTP/1.1"));
  }

  @Test
  void aTenantsProviderIsAskedForByTheAddressThatWasJudged() {
    names.answer("public.example", "203.0.114.1");

    post(as(acme), issuer("idp", "https://public.example/", acme)).statusCode(201);

    IssuerCalls.until("idp", acme, shown -> shown.has("lastError"));
    assertThat(asked())
        .contains("CONNECT 203.0.114.1:443 HTTP/1.1")
        .noneMatch(line -> line.contains("public.example"));
    assertThat(show("idp", acme).path("lastError").asText()).isEqualTo("unreachable");
  }

  @Test
  void theProxyIsNoWayIntoOurOwnNetwork() {
    names.answer("inner.example", "10.0.0.1");
    names.answer("rebinding.example", "203.0.114.1", "10.0.0.1");

    post(as(acme), issuer("inner", "https://inner.example/", acme))
        .statusCode(400)
        .body("code", equalTo("issuer_url_refused"));
    post(as(acme), issuer("idp", "https://rebinding.example/", acme)).statusCode(201);

    IssuerCalls.until("idp", acme, shown -> shown.has("lastError"));
    assertThat(show("idp", acme).path("lastError").asText()).isEqualTo("address_refused");
    assertThat(asked())
        .noneMatch(line -> line.contains("10.0.0.1") || line.contains("inner.example"));
  }

  @Test
  void anExceptionIsCalledDirectly() {
    try (FakeProvider provider = FakeProvider.started()) {
      provider.publish(FakeProvider.newKey("direct"));

      post(as(acme), issuer("idp", provider.issuer(), acme)).statusCode(201);

      IssuerCalls.until("idp", acme, shown -> IssuerCalls.kids(shown).contains("direct"));
      assertThat(asked()).noneMatch(line -> line.contains("127.0.0.1"));
    }
  }

  private List<String> asked() {
    return proxy.heads().stream().map(head -> head.lines().findFirst().orElse("")).toList();
  }

  public static class BehindAProxy implements QuarkusTestResourceLifecycleManager {

    private final FakeProxy proxy = new FakeProxy();

    @Override
    public Map<String, String> start() {
      proxy.refuse("502 Bad Gateway");
      return Map.of(
          "gatehouse.oidc.proxy.url", "http://127.0.0.1:" + proxy.port(),
          "gatehouse.oidc.proxy.except", "127.0.0.1",
          "gatehouse.issuers.corp.url", "https://corp.invalid/",
          "gatehouse.issuers.corp.audience", "gatehouse-corp",
          "gatehouse.issuers.corp.may-speak-for", "*");
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(proxy, new TestInjector.MatchesType(FakeProxy.class));
    }

    @Override
    public void stop() {
      proxy.close();
    }
  }
}
