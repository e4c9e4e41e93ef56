package dev.gatehouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects that a chart was rendered to. */
public record Manifests(List<ObjectNode> all) {

  public static Manifests parse(String text) {
    return new Manifests(Yaml.objects(text));
  }

  /** Those of a kind. */
  public List<ObjectNode> of(String kind) {
    return all.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  public Optional<ObjectNode> find(String kind, String name) {
    return of(kind).stream().filter(object -> name(object).equals(name)).findFirst();
  }

  public ObjectNode get(String kind, String name) {
    return find(kind, name)
        .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name + ": " + names()));
  }

  /** The Deployment of a component of the usual release. */
  public ObjectNode deployment(String component) {
    return get("Deployment", component(component));
  }

  /** The container of a component. */
  public JsonNode container(String component) {
    return deployment(component).at("/spec/template/spec/containers/0");
  }

  /** A variable of a component's container; missing if there is none. */
  public JsonNode variable(String component, String name) {
    return variable(container(component), name);
  }

  public static JsonNode variable(JsonNode container, String name) {
    for (JsonNode each : container.path("env")) {
      if (each.path("name").asText().equals(name)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  /** The lines of a component's application.properties. */
  public List<String> properties(String component) {
    return get("ConfigMap", component(component))
        .at("/data/application.properties")
        .asText()
        .lines()
        .toList();
  }

  /** The pod templates, of Deployments and Jobs. */
  public Stream<JsonNode> pods() {
    return Stream.concat(of("Deployment").stream(), of("Job").stream())
        .map(object -> object.at("/spec/template"));
  }

  /** What runs in a pod, what runs before it included. */
  public static Stream<JsonNode> containers(JsonNode pod) {
    return Stream.of("initContainers", "containers").flatMap(name -> each(pod.at("/spec/" + name)));
  }

  public List<String> names() {
    return all.stream().map(object -> object.path("kind").asText() + " " + name(object)).toList();
  }

  public static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  /** The elements of an array; none if it is missing. */
  public static Stream<JsonNode> each(JsonNode array) {
    return array.valueStream();
  }

  /** What the objects of a component of the usual release are called. */
  public static String component(String component) {
    return Chart.RELEASE + "-gatehouse-" + component;
  }
}
