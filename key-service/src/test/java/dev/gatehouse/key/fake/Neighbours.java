package dev.gatehouse.key.fake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.reflect.Modifier;
import java.util.Map;

/**
 * Starts a tenant-service and an identity provider; test fields of their types are set to them,
 * unless they are final.
 */
public class Neighbours implements QuarkusTestResourceLifecycleManager {

  private final FakeTenantService tenants = new FakeTenantService();
  private final FakeProvider provider = new FakeProvider();

  @Override
  public Map<String, String> start() {
    tenants.start();
    provider.start();
    return Map.of(
        "gatehouse.tenant-service.url", tenants.address(),
        "gatehouse.feeds.hold", "1s",
        "gatehouse.feeds.retry", "100ms",
        "auth.jwt.issuer-url", provider.issuer(),
        "auth.jwt.audience", "gatehouse-test",
        "auth.jwt.orchestrate-claims", "https://gatehouse.dev/claims",
        "gatehouse.oidc.allowed-hosts", "127.0.0.1",
        "gatehouse.oidc.deadline", "1s",
        "gatehouse.oidc.unknown-key-interval", "1s");
  }

  public FakeTenantService tenants() {
    return tenants;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(tenants, new TestInjector.MatchesType(FakeTenantService.class));
    injector.injectIntoFields(
        provider,
        new TestInjector.MatchesType(FakeProvider.class)
            .and(field -> !Modifier.isFinal(field.getModifiers())));
  }

  @Override
  public void stop() {
    tenants.close();
    provider.close();
  }
}
