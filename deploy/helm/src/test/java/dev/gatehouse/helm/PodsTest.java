package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pod of every values file. */
class PodsTest {

  private static final String FILES = "dev.gatehouse.helm.Chart#valuesFiles";

  @ParameterizedTest
  @MethodSource(FILES)
  void noPodCanBecomeMoreThanItIs(String file) {
    Manifests rendered = Chart.file(file).render();

    assertThat(rendered.pods())
        .isNotEmpty()
        .allSatisfy(
            pod -> {
              JsonNode context = pod.at("/spec/securityContext");
              assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
              assertThat(context.path("runAsUser").asInt()).isEqualTo(10001);
              assertThat(context.path("runAsGroup").asInt()).isEqualTo(10001);
              assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
              assertThat(pod.at("/spec/hostNetwork").asBoolean()).isFalse();
              assertThat(pod.at("/spec/hostPID").asBoolean()).isFalse();
              assertThat(pod.at("/spec/enableServiceLinks").asBoolean(true)).isFalse();
              assertThat(Manifests.each(pod.at("/spec/volumes")))
                  .noneMatch(volume -> volume.has("hostPath"));
            });
    assertThat(rendered.pods().flatMap(Manifests::containers))
        .allSatisfy(
            container -> {
              JsonNode context = container.path("securityContext");
              assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
              assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
              assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
              assertThat(context.path("privileged").asBoolean()).isFalse();
              assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
              assertThat(context.at("/capabilities/add").isMissingNode()).isTrue();
            });
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void onlyTheHookThatMakesASecretTalksToKubernetes(String file) {
    Manifests rendered = Chart.file(file).render();

    assertThat(rendered.of("ServiceAccount"))
        .allMatch(account -> !account.path("automountServiceAccountToken").asBoolean(true));
    assertThat(rendered.of("Deployment"))
        .allMatch(it -> !it.at("/spec/template/spec/automountServiceAccountToken").asBoolean(true));
    assertThat(rendered.of("Role")).hasSizeLessThanOrEqualTo(1);
    assertThat(rendered.of("ClusterRole")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void everyContainerHasAnImageAndBounds(String file) {
    Manifests rendered = Chart.file(file).render();

    assertThat(rendered.pods().flatMap(Manifests::containers))
        .allSatisfy(
            container -> {
              assertThat(container.path("image").asText())
                  .matches("gatehouse/(gateway|tenant|key)-service:0\\.1\\.0");
              assertThat(container.path("imagePullPolicy").asText()).isEqualTo("IfNotPresent");
              assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
              assertThat(container.at("/resources/requests/memory").asText())
                  .isNotEmpty()
                  .isEqualTo(container.at("/resources/limits/memory").asText());
            });
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void whatRunsIsProbedOnTheManagementPort(String file) {
    for (JsonNode deployment : Chart.file(file).render().of("Deployment")) {
      JsonNode container = deployment.at("/spec/template/spec/containers/0");

      assertThat(ports(container)).contains("http 8081", "management 8082");
      probed(container, "startup", "/health/started");
      probed(container, "liveness", "/health/live");
      probed(container, "readiness", "/health/ready");
    }
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void whatIsWrittenGoesWhereItMay(String file) {
    Chart.file(file)
        .render()
        .pods()
        .forEach(
            pod ->
                assertThat(Manifests.containers(pod))
                    .allSatisfy(container -> writableAreVolumesOfThePod(pod, container)));
  }

  @ParameterizedTest
  @MethodSource(FILES)
  void noSecretStandsInAManifest(String file) {
    Manifests rendered = Chart.file(file).render();

    assertThat(rendered.of("Secret")).isEmpty();
    assertThat(rendered.pods().flatMap(Manifests::containers))
        .flatMap(container -> Manifests.each(container.path("env")).toList())
        .filteredOn(it -> it.path("name").asText().matches(".*(KEY|PASSWORD|TOKEN|PREVIOUS)"))
        .isNotEmpty()
        .allMatch(it -> !it.has("value") && it.at("/valueFrom/secretKeyRef/name").isTextual());
  }

  private static void writableAreVolumesOfThePod(JsonNode pod, JsonNode container) {
    List<JsonNode> writable =
        Manifests.each(container.path("volumeMounts"))
            .filter(mount -> !mount.path("readOnly").asBoolean())
            .toList();
    assertThat(writable)
        .extracting(mount -> mount.path("mountPath").asText())
        .contains("/tmp")
        .isSubsetOf("/tmp", "/var/lib/gatehouse");
    assertThat(writable)
        .allSatisfy(
            mount ->
                assertThat(Manifests.each(pod.at("/spec/volumes")))
                    .anyMatch(
                        volume ->
                            volume.path("name").equals(mount.path("name"))
                                && (volume.has("emptyDir") || volume.has("ephemeral"))));
  }

  private static void probed(JsonNode container, String probe, String path) {
    JsonNode get = container.at("/" + probe + "Probe/httpGet");
    assertThat(get.path("path").asText()).isEqualTo(path);
    assertThat(get.path("port").asText()).isEqualTo("management");
  }

  private static List<String> ports(JsonNode container) {
    return Manifests.each(container.path("ports"))
        .map(port -> port.path("name").asText() + " " + port.path("containerPort").asInt())
        .toList();
  }
}
