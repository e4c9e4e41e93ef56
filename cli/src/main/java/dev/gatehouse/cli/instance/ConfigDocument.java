package dev.gatehouse.cli.instance;

import static dev.gatehouse.cli.instance.Nodes.add;
import static dev.gatehouse.cli.instance.Nodes.emptyMapping;
import static dev.gatehouse.cli.instance.Nodes.find;
import static dev.gatehouse.cli.instance.Nodes.key;
import static dev.gatehouse.cli.instance.Nodes.mapping;
import static dev.gatehouse.cli.instance.Nodes.refuseUnknown;
import static dev.gatehouse.cli.instance.Nodes.tuple;
import static dev.gatehouse.cli.instance.Nodes.url;
import static dev.gatehouse.cli.instance.Nodes.wrong;

import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Instance;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
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
    instance.login().ifPresent(login -> node.getValue().add(LoginNodes.entry(login)));
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
    refuseUnknown(node, Set.of("url", ClientCredentials.KIND, DeviceLogin.KIND));
    return new KnownInstance(name(entry), url(node, "url"), LoginNodes.login(node));
  }

  private static Instance name(NodeTuple entry) {
    try {
      return new Instance(key(entry));
    } catch (Invalid e) {
      throw wrong(entry.getKeyNode(), e.detail());
    }
  }
}
