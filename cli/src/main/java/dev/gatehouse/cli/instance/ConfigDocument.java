package dev.gatehouse.cli.instance;

import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Instance;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/**
 * The text of the configuration. It is kept as YAML nodes, so that a change leaves comments and
 * everything else as they are, and no YAML tag can make an object.
 */
final class ConfigDocument {

  private static final String INSTANCES = "instances";
  private static final String CREDENTIALS = "clientCredentials";

  private final MappingNode root;

  private ConfigDocument(MappingNode root) {
    this.root = root;
  }

  static ConfigDocument parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    try {
      Node node =
          new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
              .getSingleNode();
      return new ConfigDocument(node == null ? emptyMapping() : mapping(node, "the file"));
    } catch (MarkedYAMLException e) {
      // Its message quotes the text, and the text holds secrets.
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new Failure("line " + line + " is not YAML");
    } catch (YAMLException e) {
      throw new Failure("the file is not YAML");
    }
  }

  Map<Instance, KnownInstance> instances() {
    refuseUnknown(root, Set.of(INSTANCES));
    Map<Instance, KnownInstance> instances = new LinkedHashMap<>();
    for (NodeTuple entry : instancesNode().getValue()) {
      KnownInstance instance = instance(entry);
      if (instances.put(instance.name(), instance) != null) {
        throw wrong(entry.getKeyNode(), "instance " + instance.name() + " is there twice");
      }
    }
    return instances;
  }

  void put(KnownInstance instance) {
    remove(instance.name());
    MappingNode node = emptyMapping();
    add(node, "url", instance.url().toString());
    instance.login().ifPresent(login -> node.getValue().add(tuple(CREDENTIALS, node(login))));
    MappingNode instances = instancesNode();
    // A list in braces ({}) becomes one of lines.
    instances.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
    instances.getValue().add(tuple(instance.name().value(), node));
    if (!(find(root, INSTANCES) instanceof MappingNode)) {
      root.getValue().removeIf(entry -> key(entry).equals(INSTANCES));
      root.getValue().add(tuple(INSTANCES, instances));
    }
  }

  boolean remove(Instance name) {
    return instancesNode().getValue().removeIf(entry -> key(entry).equals(name.value()));
  }

  String render() {
    DumperOptions options = new DumperOptions();
    options.setProcessComments(true);
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    StringWriter text = new StringWriter();
    try {
      Serializer serializer =
          new Serializer(new Emitter(text, options), new Resolver(), options, null);
      serializer.open();
      serializer.serialize(root);
      serializer.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private MappingNode instancesNode() {
    Node node = find(root, INSTANCES);
    return node == null || Tag.NULL.equals(node.getTag())
        ? emptyMapping()
        : mapping(node, INSTANCES);
  }

  private static KnownInstance instance(NodeTuple entry) {
    MappingNode node = mapping(entry.getValueNode(), "instance " + key(entry));
    refuseUnknown(node, Set.of("url", CREDENTIALS));
    Optional<ClientCredentials> login =
        Optional.ofNullable(find(node, CREDENTIALS)).map(ConfigDocument::credentials);
    return new KnownInstance(name(entry), url(node, "url"), login);
  }

  private static Instance name(NodeTuple entry) {
    try {
      return new Instance(key(entry));
    } catch (Invalid e) {
      throw wrong(entry.getKeyNode(), e.detail());
    }
  }

  private static ClientCredentials credentials(Node value) {
    MappingNode node = mapping(value, CREDENTIALS);
    refuseUnknown(node, Set.of("tokenUrl", "clientId", "clientSecret", "audience", "scope"));
    return new ClientCredentials(
        url(node, "tokenUrl"),
        required(node, "clientId"),
        required(node, "clientSecret"),
        text(node, "audience"),
        text(node, "scope"));
  }

  private static MappingNode node(ClientCredentials login) {
    MappingNode node = emptyMapping();
    add(node, "tokenUrl", login.tokenUrl().toString());
    add(node, "clientId", login.clientId());
    add(node, "clientSecret", login.clientSecret());
    login.audience().ifPresent(audience -> add(node, "audience", audience));
    login.scope().ifPresent(scope -> add(node, "scope", scope));
    return node;
  }

  private static void refuseUnknown(MappingNode node, Set<String> known) {
    for (NodeTuple entry : node.getValue()) {
      if (!known.contains(key(entry))) {
        throw wrong(entry.getKeyNode(), "the key " + key(entry) + " is not known here");
      }
    }
  }

  private static URI url(MappingNode node, String key) {
    try {
      return HttpUrl.parse(required(node, key));
    } catch (URISyntaxException e) {
      throw wrong(node, key + " is not a URL that starts with http:// or https://");
    }
  }

  private static String required(MappingNode node, String key) {
    return text(node, key).orElseThrow(() -> wrong(node, key + " is missing"));
  }

  private static Optional<String> text(MappingNode node, String key) {
    Node value = find(node, key);
    if (value == null || Tag.NULL.equals(value.getTag())) {
      return Optional.empty();
    }
    if (value instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue()).filter(text -> !text.isBlank());
    }
    throw wrong(value, key + " is not a text");
  }

  private static @Nullable Node find(MappingNode node, String key) {
    for (NodeTuple entry : node.getValue()) {
      if (key(entry).equals(key)) {
        return entry.getValueNode();
      }
    }
    return null;
  }

  private static String key(NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(entry.getKeyNode(), "a key is not a text");
  }

  private static MappingNode mapping(Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw wrong(node, what + " is not a mapping of keys to values");
  }

  private static MappingNode emptyMapping() {
    return new MappingNode(Tag.MAP, new ArrayList<>(List.of()), DumperOptions.FlowStyle.BLOCK);
  }

  private static void add(MappingNode node, String key, String value) {
    node.getValue().add(tuple(key, scalar(value)));
  }

  private static NodeTuple tuple(String key, Node value) {
    return new NodeTuple(scalar(key), value);
  }

  private static ScalarNode scalar(String value) {
    return new ScalarNode(Tag.STR, value, null, null, DumperOptions.ScalarStyle.PLAIN);
  }

  private static Failure wrong(Node node, String what) {
    String line =
        node.getStartMark() == null ? "" : "line " + (node.getStartMark().getLine() + 1) + ": ";
    return new Failure(line + what);
  }
}
