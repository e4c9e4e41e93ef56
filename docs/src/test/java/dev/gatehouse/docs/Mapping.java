package dev.gatehouse.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of one interface with {@code @ConfigMapping}, by the rules of SmallRye Config: names of
 * methods in kebab case unless {@code @WithName} says otherwise, nested interfaces with a dot, maps
 * with what users call their entries in angle brackets.
 */
final class Mapping {

  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):(.*)}");
  private static final Pattern FALLBACK = Pattern.compile("\\$\\{([a-z.-]+):[^}]*}");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("boolean", "boolean"),
          Map.entry("int", "integer"),
          Map.entry("long", "integer"),
          Map.entry("Integer", "integer"),
          Map.entry("Long", "integer"),
          Map.entry("double", "number"),
          Map.entry("Duration", "duration"),
          Map.entry("MemorySize", "size"),
          Map.entry("URI", "URL"),
          Map.entry("Path", "file"),
          Map.entry("String", "text"),
          Map.entry("Instance", "text"),
          Map.entry("HostTemplate", "text"),
          Map.entry("PathPrefix", "text"));

  private final Sources sources;
  private final List<Key> keys = new ArrayList<>();

  private Mapping(Sources sources) {
    this.sources = sources;
  }

  static List<Key> keys(Sources sources, String mapping) {
    TreePath type =
        sources
            .type(mapping)
            .orElseThrow(() -> new IllegalArgumentException("There is no mapping " + mapping));
    String prefix =
        Annotations.of(type.getLeaf(), "ConfigMapping")
            .flatMap(members -> members.getOrDefault("prefix", Optional.empty()))
            .orElseThrow(() -> new IllegalArgumentException(mapping + " has no prefix"));
    Mapping reader = new Mapping(sources);
    reader.read(type, mapping, prefix);
    return List.copyOf(reader.keys);
  }

  private void read(TreePath type, String outer, String prefix) {
    for (Tree member : ((ClassTree) type.getLeaf()).getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        String name =
            Annotations.of(method, "WithParentName").isPresent() ? "" : "." + name(method);
        read(new TreePath(type, method), outer, prefix + name, method.getReturnType(), false);
      }
    }
  }

  private void read(TreePath at, String outer, String name, Tree type, boolean optional) {
    if (type instanceof ParameterizedTypeTree generic) {
      Tree last = generic.getTypeArguments().get(generic.getTypeArguments().size() - 1);
      switch (generic.getType().toString()) {
        case "Optional" -> read(at, outer, name, last, true);
        // A map within a map has names of another kind.
        case "Map" ->
            read(at, outer, name + (name.contains("<") ? ".<group>" : ".<name>"), last, true);
        case "List", "Set" -> add(at, name, "list", optional);
        default -> throw new IllegalStateException("What is " + type + " of " + name + "?");
      }
      return;
    }
    String simple = type.toString();
    Optional<TreePath> nested = sources.type(outer + "." + simple);
    if (nested.isPresent()) {
      read(nested.get(), outer, name);
    } else if (simple.equals("OptionalInt")) {
      add(at, name, "integer", true);
    } else {
      add(at, name, TYPES.containsKey(simple) ? TYPES.get(simple) : choice(simple, name), optional);
    }
  }

  private String choice(String type, String name) {
    return sources
        .type(type)
        .map(path -> "`" + String.join("`, `", Sources.values((ClassTree) path.getLeaf())) + "`")
        .orElseThrow(
            () -> new IllegalStateException("Say what " + type + " of " + name + " is called"));
  }

  private void add(TreePath at, String name, String type, boolean optional) {
    Set<String> preset = sources.properties(name);
    String value =
        preset.isEmpty()
            ? Annotations.value(at.getLeaf(), "WithDefault")
                .orElse(optional ? Key.NONE : Key.REQUIRED)
            : String.join("`, `", preset);
    Matcher variable = VARIABLE.matcher(value);
    boolean named = variable.matches();
    keys.add(
        new Key(
            name,
            named ? variable.group(1) : Key.environment(name),
            type,
            named ? variable.group(2) : FALLBACK.matcher(value).replaceAll("\\${$1}"),
            sources.javadoc(at)));
  }

  private static String name(MethodTree method) {
    return Annotations.value(method, "WithName")
        .orElseGet(
            () ->
                HUMP.matcher(method.getName().toString()).replaceAll("-").toLowerCase(Locale.ROOT));
  }
}
