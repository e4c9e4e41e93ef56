package dev.gatehouse.cli.instance;

import dev.gatehouse.cli.terminal.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reading and making YAML nodes. What is wrong is told with its line, and without its text. */
final class Nodes {

  private Nodes() {}

  static void refuseUnknown(MappingNode node, Set<String> known) {
    for (NodeTuple entry : node.getValue()) {
      if (!known.contains(key(entry))) {
        throw wrong(entry.getKeyNode(), "the key " + key(entry) + " is not known here");
      }
    }
  }

  static URI url(MappingNode node, String key) {
    try {
      return HttpUrl.parse(required(node, key));
    } catch (URISyntaxException e) {
      throw wrong(node, key + " is not a URL that starts with http:// or https://");
    }
  }

  static String required(MappingNode node, String key) {
    return text(node, key).orElseThrow(() -> wrong(node, key + " is missing"));
  }

  static Optional<String> text(MappingNode node, String key) {
    Node value = find(node, key);
    if (value == null || Tag.NULL.equals(value.getTag())) {
      return Optional.empty();
    }
    if (value instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue()).filter(text -> !text.isBlank());
    }
    throw wrong(value, key + " is not a text");
  }

  static @Nullable Node find(MappingNode node, String key) {
    for (NodeTuple entry : node.getValue()) {
      if (key(entry).equals(key)) {
        return entry.getValueNode();
      }
    }
    return null;
  }

  static String key(NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(entry.getKeyNode(), "a key is not a text");
  }

  static MappingNode mapping(Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw wrong(node, what + " is not a mapping of keys to values");
  }

  static MappingNode emptyMapping() {
    return new MappingNode(Tag.MAP, new ArrayList<>(List.of()), DumperOptions.FlowStyle.BLOCK);
  }

  static void add(MappingNode node, String key, String value) {
    node.getValue().add(tuple(key, scalar(value)));
  }

  static NodeTuple tuple(String key, Node value) {
    return new NodeTuple(scalar(key), value);
  }

  static ScalarNode scalar(String value) {
    return new ScalarNode(Tag.STR, value, null, null, DumperOptions.ScalarStyle.PLAIN);
  }

  static Failure wrong(Node node, String what) {
    String line =
        node.getStartMark() == null ? "" : "line " + (node.getStartMark().getLine() + 1) + ": ";
    return new Failure(line + what);
  }
}
