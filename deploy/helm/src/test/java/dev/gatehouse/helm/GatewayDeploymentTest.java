package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayDeploymentTest {

  @ParameterizedTest
  @MethodSource("dev.gatehouse.helm.Chart#valuesFiles")
  void thePodIsGivenLongerThanItsShutdownTakes(String file) {
    Manifests rendered = Chart.file(file).render();
    JsonNode pod = rendered.deployment("gateway").at("/spec/template/spec");
    int sleep = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
    Duration drain =
        seconds(rendered, "gatehouse.drain.delay")
            .plus(seconds(rendered, "gatehouse.drain.timeout"));

    assertThat(sleep).isEqualTo(10);
    assertThat(pod.path("terminationGracePeriodSeconds").asLong())
        .isEqualTo(90)
        .isGreaterThanOrEqualTo(sleep + drain.toSeconds() + 10);
  }

  @Test
  void shutdownCanBeLonger() {
    Manifests rendered =
        Chart.least()
            .with(
                "gateway: {shutdown: {preStopSeconds: 20, drainDelaySeconds: 5,"
                    + " drainTimeoutSeconds: 300, terminationGracePeriodSeconds: 335}}")
            .render();

    JsonNode pod = rendered.deployment("gateway").at("/spec/template/spec");
    assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(335);
    assertThat(pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt()).isEqualTo(20);
    assertThat(rendered.properties("gateway"))
        .contains("gatehouse.drain.delay=5s", "gatehouse.drain.timeout=300s");
  }

  @Test
  void theTrustIsKeptWhereItOutlivesTheContainer() {
    Manifests rendered = Chart.least().render();

    assertThat(volume(rendered, "state").at("/emptyDir/sizeLimit").asText()).isEqualTo("1Gi");
    assertThat(rendered.properties("gateway")).contains("gatehouse.state-dir=/var/lib/gatehouse");
  }

  @Test
  void theTrustCanBeOnAVolumeOfThePod() {
    Manifests rendered =
        Chart.least()
            .with("gateway: {state: {ephemeralVolume: true, size: 2Gi, storageClass: fast}}")
            .render();

    JsonNode claim = volume(rendered, "state").at("/ephemeral/volumeClaimTemplate/spec");
    assertThat(claim.at("/resources/requests/storage").asText()).isEqualTo("2Gi");
    assertThat(claim.path("storageClassName").asText()).isEqualTo("fast");
  }

  @Test
  void nothingIsTakenAwayWhileANewPodIsNotReady() {
    JsonNode strategy = Chart.least().render().deployment("gateway").at("/spec/strategy");

    assertThat(strategy.at("/rollingUpdate/maxUnavailable").asInt(-1)).isZero();
    assertThat(strategy.at("/rollingUpdate/maxSurge").asInt()).isEqualTo(1);
  }

  @Test
  void theNumberIsTheAutoscalersWhereThereIsOne() {
    assertThat(Chart.least().render().deployment("gateway").at("/spec/replicas").asInt()).isOne();
    assertThat(Chart.of("production").render().deployment("gateway").at("/spec").has("replicas"))
        .isFalse();
  }

  @Test
  void podsAreSpreadOverZonesAndNodes() {
    JsonNode spread =
        Chart.of("production")
            .render()
            .deployment("gateway")
            .at("/spec/template/spec/topologySpreadConstraints");

    assertThat(spread.findValuesAsText("topologyKey"))
        .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
    assertThat(spread.findValuesAsText("whenUnsatisfiable")).containsOnly("DoNotSchedule");
  }

  @Test
  void podsNeedNotBeSpread() {
    assertThat(
            Chart.least()
                .with("gateway: {topologySpread: {enabled: false}}")
                .render()
                .deployment("gateway")
                .at("/spec/template/spec")
                .has("topologySpreadConstraints"))
        .isFalse();
  }

  @Test
  void tlsIsServedFromASecret() {
    Manifests rendered =
        Chart.least().with("gateway: {tls: {enabled: true, secretName: own}}").render();

    assertThat(volume(rendered, "tls").at("/secret/secretName").asText()).isEqualTo("own");
    assertThat(rendered.container("gateway").path("ports").findValuesAsText("name"))
        .containsExactly("http", "management", "https");
    assertThat(rendered.properties("gateway"))
        .contains(
            "gatehouse.tls.certificate=/etc/gatehouse/tls/tls.crt",
            "gatehouse.tls.key=/etc/gatehouse/tls/tls.key",
            "gatehouse.tls.port=8443");
  }

  @Test
  void credentialsOfABackendComeFromTheFilesOfASecret() {
    Manifests rendered = Chart.of("existing-mimir-loki").render();

    JsonNode secret = volume(rendered, "credentials-loki").path("secret");
    assertThat(secret.path("secretName").asText()).isEqualTo("loki-basic-auth");
    assertThat(secret.at("/items/0/path").asText()).isEqualTo("password");
    assertThat(rendered.properties("gateway"))
        .contains(
            "gatehouse.apis.loki.credentials.username=gatehouse",
            "gatehouse.apis.loki.credentials.password-file=/etc/gatehouse/credentials/loki/password");
  }

  @Test
  void wherePodsRunCanBeSaid() {
    JsonNode pod =
        Chart.least()
            .with(
                """
                image: {registry: registry.example.com, tag: v2, pullSecrets: [pull]}
                gateway:
                  digest: sha256:%s
                  priorityClassName: high
                  nodeSelector: {disk: ssd}
                  tolerations: [{key: only, operator: Exists}]
                  affinity: {podAntiAffinity: {}}
                  podLabels: {team: a}
                  podAnnotations: {note: b}
                  jvmOptions: -Xmx1g
                  extraEnv: [{name: A, value: b}]
                """
                    .formatted("0".repeat(64)))
            .render()
            .deployment("gateway")
            .at("/spec/template");

    JsonNode spec = pod.path("spec");
    assertThat(spec.at("/containers/0/image").asText())
        .isEqualTo("registry.example.com/gatehouse/gateway-service:v2@sha256:" + "0".repeat(64));
    assertThat(spec.at("/imagePullSecrets/0/name").asText()).isEqualTo("pull");
    assertThat(spec.path("priorityClassName").asText()).isEqualTo("high");
    assertThat(spec.at("/nodeSelector/disk").asText()).isEqualTo("ssd");
    assertThat(spec.at("/tolerations/0/key").asText()).isEqualTo("only");
    assertThat(spec.at("/affinity/podAntiAffinity").isObject()).isTrue();
    assertThat(pod.at("/metadata/labels/team").asText()).isEqualTo("a");
    assertThat(pod.at("/metadata/annotations/note").asText()).isEqualTo("b");
    assertThat(Manifests.variable(spec.at("/containers/0"), "JAVA_TOOL_OPTIONS").path("value"))
        .hasToString("\"-Xmx1g\"");
    assertThat(Manifests.variable(spec.at("/containers/0"), "A").path("value").asText())
        .isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "key-service"})
  void aPrivateAuthorityIsTrustedBesideThoseOfJava(String component) {
    Manifests rendered = Chart.least().with("caBundle: {configMap: bundle, key: all.pem}").render();

    assertThat(rendered.properties(component))
        .contains("gatehouse.outgoing-tls.ca-file=/etc/gatehouse/ca/all.pem");
    assertThat(rendered.container(component).path("volumeMounts").findValuesAsText("mountPath"))
        .contains("/etc/gatehouse/ca");
    assertThat(rendered.deployment(component).at("/spec/template/spec/volumes").toString())
        .contains("{\"name\":\"ca-bundle\",\"configMap\":{\"name\":\"bundle\"}}");
  }

  @Test
  void whoCallsNobodyOverTlsHasNoBundle() {
    assertThat(
            Chart.least()
                .with("caBundle: {configMap: bundle}")
                .render()
                .deployment("tenant-service")
                .toString())
        .doesNotContain("ca-bundle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "key-service"})
  void onlyThoseOfJavaAreTrustedUnlessSaidOtherwise(String component) {
    Manifests rendered = Chart.least().render();

    assertThat(rendered.deployment(component).toString())
        .doesNotContain("ca-bundle", "JAVA_TOOL_OPTIONS");
    assertThat(rendered.properties(component))
        .noneMatch(line -> line.startsWith("gatehouse.outgoing-tls"));
  }

  private static JsonNode volume(Manifests rendered, String name) {
    return Manifests.each(rendered.deployment("gateway").at("/spec/template/spec/volumes"))
        .filter(volume -> volume.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Duration seconds(Manifests rendered, String key) {
    return rendered.properties("gateway").stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> Duration.parse("PT" + line.substring(key.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
