package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where AUTH_API_KEY comes from. */
class AuthTest {

  private static final String HOOK = "gh-gatehouse-auth-bootstrap";

  @Test
  void aHookMakesTheSecretWhereNoneIsNamed() {
    JsonNode pod = Chart.least().render().get("Job", HOOK).at("/spec/template/spec");

    assertThat(pod.at("/containers/0/command").valueStream().map(JsonNode::asText))
        .containsExactly(
            "java",
            "-cp",
            "/opt/gatehouse/app/*",
            "dev.gatehouse.tenant.bootstrap.CreateSecret",
            Chart.NAMESPACE,
            "gh-gatehouse-auth");
    assertThat(pod.path("automountServiceAccountToken").asBoolean()).isTrue();
    assertThat(pod.path("restartPolicy").asText()).isEqualTo("Never");
  }

  @Test
  void theHookMayCreateSecretsAndNothingElse() {
    Manifests rendered = Chart.least().render();

    assertThat(rendered.get("Role", HOOK).path("rules"))
        .hasToString("[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"create\"]}]");
    assertThat(rendered.get("RoleBinding", HOOK).at("/subjects/0/name").asText()).isEqualTo(HOOK);
  }

  @Test
  void theHookRunsBeforeTheRestAndLeavesNothing() {
    Manifests rendered = Chart.least().render();
    List<ObjectNode> hooks =
        Stream.of("ServiceAccount", "Role", "RoleBinding", "Job")
            .map(kind -> rendered.get(kind, HOOK))
            .toList();

    assertThat(hooks)
        .allSatisfy(
            hook -> {
              assertThat(annotation(hook, "hook")).isEqualTo("pre-install,pre-upgrade");
              assertThat(annotation(hook, "hook-delete-policy"))
                  .isEqualTo("before-hook-creation,hook-succeeded");
            });
    int job = Integer.parseInt(annotation(rendered.get("Job", HOOK), "hook-weight"));
    assertThat(hooks.subList(0, 3))
        .allMatch(hook -> Integer.parseInt(annotation(hook, "hook-weight")) < job);
  }

  @Test
  void thereIsNoHookWhereASecretIsNamed() {
    Manifests rendered = Chart.least().with("auth: {existingSecret: mine}").render();

    assertThat(rendered.names()).noneMatch(name -> name.contains("bootstrap"));
    assertThat(rendered.of("Role")).isEmpty();
    assertThat(secret(rendered, "gateway")).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "tenant-service", "key-service"})
  void allServicesReadTheSameSecret(String component) {
    assertThat(secret(Chart.least().render(), component)).isEqualTo("gh-gatehouse-auth");
  }

  private static String secret(Manifests rendered, String component) {
    return rendered.variable(component, "AUTH_API_KEY").at("/valueFrom/secretKeyRef/name").asText();
  }

  private static String annotation(JsonNode object, String name) {
    return object.at("/metadata/annotations").path("helm.sh/" + name).asText();
  }
}
