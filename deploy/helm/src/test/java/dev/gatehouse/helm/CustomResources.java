package dev.gatehouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The custom resources for which there is no type: which fields they have that the chart may use,
 * taken from the references of CloudNativePG 1.25 and cert-manager 1.16.
 */
final class CustomResources {

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "postgresql.cnpg.io/v1/Cluster",
          Set.of(
              "spec.instances",
              "spec.imageName",
              "spec.bootstrap.initdb.database",
              "spec.bootstrap.initdb.owner",
              "spec.storage.size",
              "spec.storage.storageClass",
              "spec.resources.requests.cpu",
              "spec.resources.requests.memory",
              "spec.resources.limits.memory",
              "spec.managed.roles[].name",
              "spec.managed.roles[].ensure",
              "spec.managed.roles[].login",
              "spec.managed.roles[].passwordSecret.name"),
          "postgresql.cnpg.io/v1/Database",
          Set.of("spec.name", "spec.owner", "spec.cluster.name", "spec.databaseReclaimPolicy"),
          "cert-manager.io/v1/Certificate",
          Set.of(
              "spec.secretName",
              "spec.dnsNames[]",
              "spec.privateKey.algorithm",
              "spec.privateKey.size",
              "spec.privateKey.rotationPolicy",
              "spec.issuerRef.name",
              "spec.issuerRef.kind",
              "spec.issuerRef.group"));

  private CustomResources() {}

  /** Fails if the object is of a kind, or has a field, that is not expected. */
  static void check(JsonNode object) {
    String kind = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    Set<String> known = FIELDS.get(kind);
    if (known == null) {
      throw new AssertionError("Neither typed nor expected: " + kind);
    }
    Set<String> fields = new TreeSet<>();
    collect("spec", object.path("spec"), fields);
    fields.removeAll(known);
    if (!fields.isEmpty()) {
      throw new AssertionError(kind + " has no " + fields);
    }
  }

  private static void collect(String path, JsonNode node, Set<String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), into));
    } else if (node.isArray()) {
      node.forEach(each -> collect(path + "[]", each, into));
    } else {
      into.add(path);
    }
  }
}
