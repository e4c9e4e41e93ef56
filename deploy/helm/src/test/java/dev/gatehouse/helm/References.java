package dev.gatehouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/** What objects name, as "Kind name". */
final class References {

  private final Manifests manifests;

  References(Manifests manifests) {
    this.manifests = manifests;
  }

  /** What is named and neither rendered nor made in the cluster by what is rendered. */
  Set<String> missing() {
    Set<String> missing = named();
    missing.removeAll(manifests.names());
    missing.removeAll(madeInTheCluster());
    return missing;
  }

  /** What pods, routes and autoscalers name. */
  private Set<String> named() {
    Set<String> named = new TreeSet<>();
    manifests.pods().forEach(pod -> named(pod.path("spec"), named));
    for (ObjectNode autoscaler : manifests.of("HorizontalPodAutoscaler")) {
      JsonNode target = autoscaler.at("/spec/scaleTargetRef");
      named.add(target.path("kind").asText() + " " + target.path("name").asText());
    }
    for (ObjectNode ingress : manifests.of("Ingress")) {
      ingress.at("/spec/tls").forEach(tls -> add("Secret", tls.path("secretName"), named));
      ingress.findValues("service").forEach(service -> add("Service", service.path("name"), named));
    }
    for (ObjectNode route : manifests.of("HTTPRoute")) {
      route.findValues("backendRefs").forEach(refs -> add("Service", refs.at("/0/name"), named));
    }
    for (ObjectNode cluster : manifests.of("Cluster")) {
      cluster
          .findValues("passwordSecret")
          .forEach(secret -> add("Secret", secret.path("name"), named));
    }
    for (ObjectNode database : manifests.of("Database")) {
      add("Cluster", database.at("/spec/cluster/name"), named);
    }
    for (ObjectNode binding : manifests.of("RoleBinding")) {
      add("Role", binding.at("/roleRef/name"), named);
      add("ServiceAccount", binding.at("/subjects/0/name"), named);
    }
    return named;
  }

  private static void named(JsonNode pod, Set<String> into) {
    add("ServiceAccount", pod.path("serviceAccountName"), into);
    pod.path("imagePullSecrets").forEach(secret -> add("Secret", secret.path("name"), into));
    for (JsonNode volume : pod.path("volumes")) {
      add("Secret", volume.at("/secret/secretName"), into);
      add("ConfigMap", volume.at("/configMap/name"), into);
    }
    pod.findValues("secretKeyRef").forEach(ref -> add("Secret", ref.path("name"), into));
    pod.findValues("configMapKeyRef").forEach(ref -> add("ConfigMap", ref.path("name"), into));
  }

  /** Secrets that cert-manager, CloudNativePG and our hook make. */
  private Set<String> madeInTheCluster() {
    Set<String> made = new TreeSet<>();
    for (ObjectNode certificate : manifests.of("Certificate")) {
      add("Secret", certificate.at("/spec/secretName"), made);
    }
    for (ObjectNode cluster : manifests.of("Cluster")) {
      made.add("Secret " + Manifests.name(cluster) + "-app");
      made.add("Secret " + Manifests.name(cluster) + "-ca");
    }
    for (ObjectNode job : manifests.of("Job")) {
      JsonNode command = job.at("/spec/template/spec/containers/0/command");
      add("Secret", command.path(command.size() - 1), made);
    }
    return made;
  }

  private static void add(String kind, JsonNode name, Set<String> into) {
    if (name.isTextual()) {
      into.add(kind + " " + name.asText());
    }
  }
}
