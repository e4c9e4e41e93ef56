package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tenant-service and key-service. */
class ServicesTest {

  @ParameterizedTest
  @CsvSource({"tenant-service, tenantService", "key-service, keyService"})
  void thereAreAsManyAsOneWants(String component, String value) {
    Chart three = Chart.of("auth0").with(value + ": {replicas: 3}");

    assertThat(replicas(Chart.of("auth0"), component)).isEqualTo(2);
    assertThat(replicas(three, component)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant-service", "key-service"})
  void theyAreReachedInsideTheClusterOnly(String component) {
    JsonNode service =
        Chart.least()
            .with("gateway: {service: {type: LoadBalancer}}")
            .render()
            .get("Service", Manifests.component(component));

    assertThat(service.at("/spec/type").asText()).isEqualTo("ClusterIP");
    assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(8081);
    assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant-service", "key-service"})
  void theyStopWithinTheirGracePeriod(String component) {
    JsonNode pod = Chart.least().render().deployment(component).at("/spec/template/spec");

    assertThat(pod.path("terminationGracePeriodSeconds").asInt())
        .isGreaterThan(pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt() + 10);
  }

  @ParameterizedTest
  @CsvSource({"tenant-service, tenantService", "key-service, keyService"})
  void wherePodsRunCanBeSaid(String component, String value) {
    JsonNode pod =
        Chart.least()
            .with(
                value
                    + ": {nodeSelector: {disk: ssd}, priorityClassName: high, digest: 'sha256:"
                    + "1".repeat(64)
                    + "', extraProperties: {gatehouse.quota.keys: 5000}}")
            .render()
            .deployment(component)
            .at("/spec/template/spec");

    assertThat(pod.at("/nodeSelector/disk").asText()).isEqualTo("ssd");
    assertThat(pod.path("priorityClassName").asText()).isEqualTo("high");
    assertThat(pod.at("/containers/0/image").asText())
        .isEqualTo("gatehouse/" + component + ":0.1.0@sha256:" + "1".repeat(64));
  }

  @Test
  void theIssuerOfOperatorsIsToldToTheKeyServiceAlone() {
    Manifests rendered = Chart.of("auth0").render();

    assertThat(rendered.properties("key-service"))
        .contains(
            "auth.jwt.issuer-url=https://example.eu.auth0.com/",
            "auth.jwt.audience=https://gatehouse.example.com/api",
            "auth.jwt.orchestrate-claims=https://example.com/claims",
            "gatehouse.instance=prod",
            "gatehouse.tenant-service.url=http://gh-gatehouse-tenant-service:8081",
            "gatehouse.keys.wildcard-owner=false");
    assertThat(rendered.properties("gateway")).noneMatch(line -> line.startsWith("auth.jwt"));
    assertThat(rendered.properties("tenant-service"))
        .noneMatch(line -> line.startsWith("auth.jwt"));
  }

  @Test
  void thereMayBeMoreIssuers() {
    assertThat(
            Chart.least()
                .with(
                    """
                    oidc:
                      allowedHosts: [idp.internal:8443]
                      issuers:
                        acme:
                          url: https://acme.example.com/
                          audience: [one, two]
                          maySpeakFor: acme
                          defaultScopes: ['loki:read']
                    keys: {wildcardOwner: true}
                    """)
                .render()
                .properties("key-service"))
        .contains(
            "gatehouse.issuers.acme.url=https://acme.example.com/",
            "gatehouse.issuers.acme.audience=one,two",
            "gatehouse.issuers.acme.may-speak-for=acme",
            "gatehouse.issuers.acme.default-scopes=loki:read",
            "gatehouse.oidc.allowed-hosts=idp.internal:8443",
            "gatehouse.keys.wildcard-owner=true");
  }

  @Test
  void identityProvidersMayBeBehindAProxy() {
    Manifests rendered =
        Chart.of("existing-mimir-loki")
            .with(
                """
                oidc:
                  proxy:
                    url: http://proxy.example.com:3128
                    existingSecret: proxy
                    except: [keycloak, 'idp.internal:8443']
                """)
            .render();

    assertThat(rendered.properties("key-service"))
        .contains(
            "gatehouse.oidc.proxy.url=http://proxy.example.com:3128",
            "gatehouse.oidc.proxy.except=keycloak,idp.internal:8443");
    JsonNode password =
        Manifests.variable(rendered.container("key-service"), "GATEHOUSE_OIDC_PROXY_PASSWORD");
    assertThat(password.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("proxy");
    assertThat(password.at("/valueFrom/secretKeyRef/key").asText()).isEqualTo("password");
    assertThat(
            rendered
                .deployment("key-service")
                .at("/spec/template/spec/initContainers/0/env")
                .toString())
        .contains("QUARKUS_DATASOURCE_USERNAME")
        .doesNotContain("PROXY");
    for (String other : List.of("gateway", "tenant-service")) {
      assertThat(rendered.deployment(other).toString()).doesNotContain("PROXY");
      assertThat(rendered.properties(other)).noneMatch(line -> line.contains("oidc.proxy"));
    }
  }

  private static int replicas(Chart chart, String component) {
    return chart.render().deployment(component).at("/spec/replicas").asInt();
  }
}
