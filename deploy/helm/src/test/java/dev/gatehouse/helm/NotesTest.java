package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotesTest {

  @Test
  void theNextThreeCommandsAreSaid() {
    assertThat(Chart.least().notes())
        .contains("kubectl -n observability rollout status deployment/gh-gatehouse-gateway")
        .contains("kubectl -n observability get ingress gh-gatehouse-gateway")
        .contains(
            "gatehouse instances add small https://console.gatehouse.example.com --login device"
                + " --issuer https://id.example.com/ --client-id CLIENT")
        .contains("gatehouse tenants add small acme --wait");
  }

  @Test
  void theySuitWhatIsInstalled() {
    assertThat(Chart.of("production").notes()).contains("get httproute gh-gatehouse-gateway");
    assertThat(Chart.least().with("ingress: {enabled: false}").notes())
        .contains("get service gh-gatehouse-gateway");
    assertThat(Chart.least().with("ingress: {tls: {enabled: false}}").notes())
        .contains("http://console.gatehouse.example.com");
    assertThat(Chart.least().with("controlHosts: [admin.example.org]").notes())
        .contains("https://admin.example.org");
  }

  @Test
  void withoutTenantsNobodyIsSentToRegisterOne() {
    assertThat(Chart.least().with("multiTenancy: {enabled: false, allowAnonymous: true}").notes())
        .doesNotContain("tenants add")
        .contains("multiTenancy.enabled is false");
  }
}
