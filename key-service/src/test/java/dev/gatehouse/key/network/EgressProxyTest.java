package dev.gatehouse.key.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressProxyTest {

  private static final URI IDP = URI.create("https://idp.example/");

  @Test
  void byDefaultThereIsNone() {
    assertThat(proxy().on(IDP)).isEmpty();
  }

  @Test
  void everyHostIsCalledThroughIt() {
    ProxyOptions proxy = proxy("url", "http://proxy.example:3128/").on(IDP).orElseThrow();

    assertThat(proxy.getType()).isEqualTo(ProxyType.HTTP);
    assertThat(proxy.getHost()).isEqualTo("proxy.example");
    assertThat(proxy.getPort()).isEqualTo(3128);
    assertThat(proxy.getUsername()).isNull();
  }

  @Test
  void anIpv6AddressLosesItsBrackets() {
    assertThat(proxy("url", "http://[fd00::1]:3128").on(IDP).orElseThrow().getHost())
        .isEqualTo("fd00::1");
  }

  @Test
  void someHostsAreCalledWithoutIt() {
    EgressProxy proxy =
        proxy("url", "http://proxy.example:3128", "except", "keycloak,idp.internal:8443");

    assertThat(proxy.on(URI.create("http://keycloak:8080/realms/a"))).isEmpty();
    assertThat(proxy.on(URI.create("https://idp.internal:8443/"))).isEmpty();
    assertThat(proxy.on(URI.create("https://idp.internal/"))).isPresent();
    assertThat(proxy.on(IDP)).isPresent();
  }

  @Test
  void itIsToldWhoWeAre() {
    ProxyOptions proxy =
        proxy("url", "http://proxy.example:3128", "username", "us", "password", "secret")
            .on(IDP)
            .orElseThrow();

    assertThat(proxy.getUsername()).isEqualTo("us");
    assertThat(proxy.getPassword()).isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://proxy.example:3128",
        "socks5://proxy.example:1080",
        "http://proxy.example",
        "http://proxy.example:3128/path",
        "http://proxy.example:3128?a",
        "http://us:secret@proxy.example:3128",
        "proxy.example:3128",
        "http:3128",
      })
  void anAddressThatIsNoneIsRefusedWithoutBeingQuoted(String url) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> proxy("url", url))
        .withMessageStartingWith("gatehouse.oidc.proxy.url is wrong: it is http://host:port")
        .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("secret"));
  }

  @Test
  void aUserNameComesWithAPassword() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> proxy("url", "http://proxy.example:3128", "username", "us"))
        .withMessageContaining("together or not at all");
  }

  @Test
  void aUserNameIsOneAtAProxy() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> proxy("username", "us", "password", "secret"))
        .withMessageContaining("no gatehouse.oidc.proxy.url")
        .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("secret"));
  }

  @Test
  void anExceptionThatIsNoHostIsSaid() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> proxy("url", "http://proxy.example:3128", "except", "10.0.0.0/8"))
        .withMessageStartingWith("gatehouse.oidc.proxy.except is wrong: 10.0.0.0/8");
  }

  private static EgressProxy proxy(String... set) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().withMapping(EgressProxyConfiguration.class);
    for (int i = 0; i < set.length; i += 2) {
      builder.withDefaultValue("gatehouse.oidc.proxy." + set[i], set[i + 1]);
    }
    return new EgressProxy(builder.build().getConfigMapping(EgressProxyConfiguration.class));
  }
}
