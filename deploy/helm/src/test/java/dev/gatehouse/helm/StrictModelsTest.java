package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrictModelsTest {

  @ParameterizedTest
  @MethodSource("dev.gatehouse.helm.Chart#valuesFiles")
  void everyObjectIsExactlyWhatKubernetesKnows(String name) {
    for (ObjectNode object : Chart.file(name).render().all()) {
      if (StrictModels.typeOf(object).isPresent()) {
        StrictModels.read(object);
      } else {
        CustomResources.check(object);
      }
    }
  }

  @Test
  void everythingAtOnceIsWhatKubernetesKnows() {
    Manifests all =
        Chart.least()
            .with(
                """
                caBundle: {configMap: bundle}
                oidc: {proxy: {url: 'http://proxy:3128', existingSecret: proxy}}
                image: {pullSecrets: [pull], registry: registry.example.com:5000}
                gateway:
                  replicas: 3
                  jvmOptions: -Xmx1g
                  priorityClassName: high
                  state: {ephemeralVolume: true, storageClass: fast}
                  service: {type: LoadBalancer, annotations: {cloud: internal}, appProtocol: http}
                  tls: {enabled: true, secretName: own}
                  podLabels: {team: a}
                  podAnnotations: {note: b}
                  nodeSelector: {disk: ssd}
                  tolerations: [{key: only, operator: Exists, effect: NoSchedule}]
                  affinity: {nodeAffinity: {}}
                  extraEnv: [{name: A, value: b}]
                  extraProperties: {gatehouse.authentication.queue: 10}
                tenantService:
                  nodeSelector: {disk: ssd}
                  tolerations: [{key: only, operator: Exists}]
                networkPolicy:
                  gatewaySources: [{ipBlock: {cidr: 10.0.0.0/8}}]
                  serviceSources: [{podSelector: {matchLabels: {a: b}}}]
                  egress: {enabled: true}
                """)
            .render();

    assertThat(all.all()).allSatisfy(StrictModels::read);
  }

  @ParameterizedTest
  @CsvSource({
    "/metadata, lables",
    "/spec, replicaz",
    "/spec/template/spec, automountServiceAccountTokens",
    "/spec/template/spec/containers/0, readynessProbe",
    "/spec/template/spec/containers/0/securityContext, readOnlyRootFileSystem",
    "/spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef, keys"
  })
  void aFieldThatKubernetesDoesNotKnowIsRefused(String where, String field) {
    ObjectNode deployment = Chart.least().render().deployment("gateway");
    StrictModels.read(deployment);

    ((ObjectNode) deployment.at(where)).put(field, "x");

    assertThatThrownBy(() -> StrictModels.read(deployment)).hasMessageContaining(field);
  }

  @Test
  void aWrongTypeIsRefused() {
    ObjectNode deployment = Chart.least().render().deployment("gateway");
    assertThat(StrictModels.read(deployment)).isInstanceOf(Deployment.class);

    ((ObjectNode) deployment.at("/spec")).put("replicas", "1");

    assertThatThrownBy(() -> StrictModels.read(deployment)).isInstanceOf(AssertionError.class);
  }

  @Test
  void anAnnotationThatIsNoStringIsRefused() {
    ObjectNode deployment = Chart.least().render().deployment("gateway");

    ((ObjectNode) deployment.at("/spec/template/metadata/annotations")).put("a", true);

    assertThatThrownBy(() -> StrictModels.read(deployment)).isInstanceOf(AssertionError.class);
  }

  @Test
  void aFieldThatACustomResourceDoesNotHaveIsRefused() {
    ObjectNode cluster = Chart.of("production").render().of("Cluster").get(0);
    CustomResources.check(cluster);

    ((ObjectNode) cluster.at("/spec")).put("instancez", 3);

    assertThatThrownBy(() -> CustomResources.check(cluster)).hasMessageContaining("instancez");
  }

  @Test
  void aKindThatNobodyExpectsIsRefused() {
    ObjectNode cluster = Chart.of("production").render().of("Cluster").get(0);

    cluster.put("apiVersion", "postgresql.cnpg.io/v2");

    assertThatThrownBy(() -> CustomResources.check(cluster)).hasMessageContaining("v2/Cluster");
  }
}
