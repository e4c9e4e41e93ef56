package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnonymousTest {

  @Test
  void withoutMultiTenancyEverybodyIsTheDefaultTenant() {
    try (RawBackend backend = new RawBackend();
        TestGateway gateway =
            TestGateway.with(TestGateway.trust())
                .api("demo", "any", backend.url())
                .anonymous()
                .start()) {
      RawClient.Answer own = gateway.ask("POST /x HTTP/1.1\r\nHost: demo.example.test\r\n\r\n");
      RawClient.Answer other =
          gateway.ask("GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n");

      assertThat(own.status()).isEqualTo(200);
      assertThat(backend.last().value("x-scope-orgid")).isEqualTo("_");
      assertThat(other.code()).isEqualTo("tenant_mismatch");
    }
  }

  @Test
  void withMultiTenancyNobodyIs() {
    try (RawBackend backend = new RawBackend();
        TestGateway gateway =
            TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start()) {
      assertThat(gateway.ask("GET /x HTTP/1.1\r\nHost: demo.example.test\r\n\r\n").code())
          .isEqualTo("authorization_missing");
    }
  }

  @Test
  void productionDoesNotStartLikeThatUnlessItIsSaidTwice() {
    assertThatThrownBy(() -> Entrance.check(tenancy(false, false), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GATEHOUSE_ALLOW_ANONYMOUS=true");
    Entrance.check(tenancy(false, true), true);
    Entrance.check(tenancy(false, false), false);
    Entrance.check(tenancy(true, false), true);
  }

  private static TenancyConfig tenancy(boolean multi, boolean allowAnonymous) {
    return new TenancyConfig() {
      @Override
      public boolean multi() {
        return multi;
      }

      @Override
      public boolean allowAnonymous() {
        return allowAnonymous;
      }
    };
  }
}
