package dev.gatehouse.key.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {

  @Test
  void aHostIsThereWithAllItsPortsOrWithOne() {
    HostList hosts = HostList.of(List.of(" Keycloak ", "10.0.0.1:8443", "[::1]", ""));

    assertThat(hosts.contain(URI.create("http://keycloak:8080/realms/a"))).isTrue();
    assertThat(hosts.contain(URI.create("https://KEYCLOAK/"))).isTrue();
    assertThat(hosts.contain(URI.create("https://10.0.0.1:8443/"))).isTrue();
    assertThat(hosts.contain(URI.create("https://[::1]:1/"))).isTrue();
    assertThat(hosts.contain(URI.create("https://10.0.0.1/"))).isFalse();
    assertThat(hosts.contain(URI.create("https://10.0.0.1:8444/"))).isFalse();
    assertThat(hosts.contain(URI.create("https://keycloak.evil/"))).isFalse();
    assertThat(hosts.contain(URI.create("https://a.keycloak/"))).isFalse();
    assertThat(hosts.contain(URI.create("https:keycloak"))).isFalse();
  }

  @Test
  void theUsualPortNeedNotBeSaid() {
    HostList hosts = HostList.of(List.of("a:443", "b:80"));

    assertThat(hosts.contain(URI.create("https://a/"))).isTrue();
    assertThat(hosts.contain(URI.create("http://a/"))).isFalse();
    assertThat(hosts.contain(URI.create("http://b/"))).isTrue();
  }

  @Test
  void inTheEmptyListIsNone() {
    assertThat(HostList.NONE.contain(URI.create("https://localhost/"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://keycloak", "keycloak/", "*", "a b", "keycloak:x", "10.0.0.0/8"})
  void whatIsNoHostIsSaid(String entry) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> HostList.of(List.of(entry)))
        .withMessage(entry + " is neither a host nor host:port");
  }
}
