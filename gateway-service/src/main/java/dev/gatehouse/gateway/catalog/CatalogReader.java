package dev.gatehouse.gateway.catalog;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a catalog file. Nothing in it is guessed: an unknown key, a path given twice or a method in
 * lower case is an error that names file, line and remedy, because a rule that silently does not
 * apply would open or close an operation unnoticed.
 */
final class CatalogReader {

  /** Far above any real catalog; keeps a wrong file from filling the memory. */
  static final int MAX_CHARACTERS = 1024 * 1024;

  private static final Set<String> KEYS =
      orderedSet("catalog", "written-for", "sources", "tenant-header", "operations");
  private static final Set<String> RULE_KEYS =
      orderedSet(
          "class",
          "methods",
          "paths",
          "group",
          "feature",
          "also-bare",
          "websocket",
          "federation",
          "otlp",
          "grpc");
  private static final String CLASSES = "read, write, rules, alerts, alertconfig or refused";

  private final String file;
  private final Map<String, Integer> linesOfRules = new HashMap<>();

  private CatalogReader(String file) {
    this.file = file;
  }

  /**
   * @param file how errors name the file
   */
  static CatalogDefinition read(String file, String text) {
    return new CatalogReader(file).definition(text);
  }

  private CatalogDefinition definition(String text) {
    Node root = compose(text);
    if (root == null) {
      throw new Position(file, 1).refuse("the file is empty; start it with 'catalog: <name>'");
    }
    Map<String, Node> fields = mapping(root, KEYS);
    Position top = at(root);
    List<CatalogDefinition.Rule> rules = new ArrayList<>();
    for (Node rule : sequence(required(fields, "operations", top), "operations")) {
      rules.addAll(rules(rule));
    }
    return new CatalogDefinition(
        text(required(fields, "catalog", top), "catalog"),
        text(required(fields, "written-for", top), "written-for"),
        texts(required(fields, "sources", top), "sources"),
        ignoresTenantHeader(fields.get("tenant-header")),
        rules);
  }

  private Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    try {
      return new Yaml(options).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new Position(file, line).refuse(notYaml(e.getProblem()));
    } catch (YAMLException e) {
      throw new Position(file, 1).refuse(notYaml(e.getMessage()));
    }
  }

  private static String notYaml(@Nullable String problem) {
    return "this is not YAML: "
        + problem
        + "; indent as the built-in catalogs do, and quote a path within [ ] that holds {, } or a"
        + " comma";
  }

  private List<CatalogDefinition.Rule> rules(Node node) {
    Map<String, Node> fields = mapping(node, RULE_KEYS);
    Node kindNode = required(fields, "class", at(node));
    String kindText = text(kindNode, "class");
    Optional<OperationClass> kind = OperationClass.named(kindText);
    if (kind.isEmpty() && !kindText.equals("refused")) {
      throw at(kindNode).refuse("the class '" + kindText + "' is unknown; use " + CLASSES);
    }
    Set<String> methods =
        kind.isEmpty() && !fields.containsKey("methods")
            ? Set.of(Methods.ANY)
            : methods(required(fields, "methods", at(node)));
    boolean alsoBare = flag(fields, "also-bare");
    List<String> groups = groups(fields.get("group"));
    Optional<String> feature = feature(fields.get("feature"));
    Traits traits =
        new Traits(
            flag(fields, "websocket"),
            flag(fields, "federation"),
            flag(fields, "otlp"),
            flag(fields, "grpc"));
    refuseOdd(traits, kind, methods, at(node));
    List<CatalogDefinition.Rule> rules = new ArrayList<>();
    for (Node path : sequence(required(fields, "paths", at(node)), "paths")) {
      PathPattern pattern = PathPattern.parse(text(path, "paths"), at(path));
      if (alsoBare && !pattern.underPrefix()) {
        throw at(path)
            .refuse(
                "also-bare is for paths that start with "
                    + PathPattern.PREFIX
                    + "; take it away, or move this path to operations of their own");
      }
      refuseSecondOf(pattern, methods, at(path));
      rules.add(
          new CatalogDefinition.Rule(pattern, methods, kind, alsoBare, groups, feature, traits));
    }
    return rules;
  }

  /** Traits that would open more than their author can have meant. */
  private static void refuseOdd(
      Traits traits, Optional<OperationClass> kind, Set<String> methods, Position at) {
    boolean reads = kind.equals(Optional.of(OperationClass.READ));
    if (traits.federation() && (!reads || traits.webSocket())) {
      throw at.refuse(
          "federation is for class read without websocket, as everything else takes one tenant;"
              + " take it away");
    }
    if (traits.webSocket() && !methods.equals(Set.of("GET"))) {
      throw at.refuse("websocket is for methods [GET] (RFC 6455); make that the only method");
    }
    if (traits.grpc() && !methods.equals(Set.of("POST"))) {
      throw at.refuse("grpc is for methods [POST]; make that the only method");
    }
  }

  /** One word, or a list from the narrowest group to the widest. */
  private List<String> groups(@Nullable Node node) {
    List<String> groups = new ArrayList<>();
    if (node == null) {
      return groups;
    }
    for (Node item : node instanceof SequenceNode ? sequence(node, "group") : List.of(node)) {
      String group = word(item, "group");
      if (OperationClass.named(group).isPresent()) {
        throw at(item).refuse("the group '" + group + "' is the name of a class; take another");
      }
      groups.add(group);
    }
    return groups;
  }

  private Optional<String> feature(@Nullable Node node) {
    return node == null ? Optional.empty() : Optional.of(word(node, "feature"));
  }

  /** Something that becomes part of a configuration key, or a value in a comma list. */
  private String word(Node node, String key) {
    String text = text(node, key);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0))) {
        throw at(node).refuse(key + " is '" + text + "'; write one word of a-z, 0-9 and -");
      }
    }
    return text;
  }

  private void refuseSecondOf(PathPattern pattern, Set<String> methods, Position at) {
    for (String method : methods) {
      Integer first = linesOfRules.putIfAbsent(method + " " + pattern.shape(), at.line());
      if (first != null) {
        throw at.refuse(
            "method " + method + " of this path is given in line " + first + " too; keep one");
      }
    }
  }

  private Set<String> methods(Node node) {
    Set<String> methods = new LinkedHashSet<>();
    for (Node item : sequence(node, "methods")) {
      String method = text(item, "methods");
      if (!isMethod(method)) {
        throw at(item)
            .refuse(
                "the method '"
                    + method
                    + "' is not in capitals; write it like GET, or '*' for"
                    + " every other method");
      }
      if (!methods.add(method)) {
        throw at(item).refuse("the method " + method + " is given twice; keep one");
      }
    }
    return methods;
  }

  private boolean ignoresTenantHeader(@Nullable Node node) {
    if (node == null) {
      return false;
    }
    String text = text(node, "tenant-header");
    if (text.equals("ignored") || text.equals("read")) {
      return text.equals("ignored");
    }
    throw at(node)
        .refuse("tenant-header is '" + text + "'; write read, or ignored where all share the data");
  }

  private boolean flag(Map<String, Node> fields, String key) {
    Node node = fields.get(key);
    if (node == null) {
      return false;
    }
    String text = text(node, key);
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw at(node).refuse(key + " is '" + text + "'; write true or false");
  }

  private Map<String, Node> mapping(Node node, Set<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw at(node).refuse("keys and values are expected here; known keys are " + list(known));
    }
    Map<String, Node> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode(), "a key");
      if (!known.contains(key)) {
        throw at(tuple.getKeyNode())
            .refuse("the key '" + key + "' is unknown; known are " + list(known));
      }
      if (fields.putIfAbsent(key, tuple.getValueNode()) != null) {
        throw at(tuple.getKeyNode()).refuse("the key '" + key + "' is given twice; keep one");
      }
    }
    return fields;
  }

  private Node required(Map<String, Node> fields, String key, Position at) {
    Node node = fields.get(key);
    if (node == null) {
      throw at.refuse("the key '" + key + "' is missing; add it");
    }
    return node;
  }

  private List<Node> sequence(Node node, String key) {
    if (!(node instanceof SequenceNode sequence)) {
      throw at(node).refuse(key + " is no list; write it like [one, other]");
    }
    if (sequence.getValue().isEmpty()) {
      throw at(node).refuse(key + " is an empty list; fill it or take it away");
    }
    return sequence.getValue();
  }

  private List<String> texts(Node node, String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : sequence(node, key)) {
      texts.add(text(item, key));
    }
    return texts;
  }

  private String text(Node node, String key) {
    if (!(node instanceof ScalarNode scalar)
        || scalar.getTag().equals(Tag.NULL)
        || scalar.getValue().isBlank()) {
      throw at(node).refuse(key + " has no text here; write one word or quote it");
    }
    return scalar.getValue();
  }

  private Position at(Node node) {
    return new Position(file, node.getStartMark().getLine() + 1);
  }

  private static boolean isMethod(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'A' && c <= 'Z') || c == '-')) {
        return text.equals(Methods.ANY);
      }
    }
    return true;
  }

  private static Set<String> orderedSet(String... items) {
    return new LinkedHashSet<>(List.of(items));
  }

  private static String list(Set<String> items) {
    return String.join(", ", items);
  }
}
