package dev.gatehouse.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The main sources of a module, as the compiler reads them, and what its services preset. */
final class Sources {

  private final DocTrees docs;
  private final Map<String, List<TreePath>> types = new LinkedHashMap<>();
  private final List<Properties> properties = new ArrayList<>();

  /**
   * Reads a module.
   *
   * @param module its folder
   * @param services the folders of those that run it, each with its application.properties
   */
  Sources(Path module, List<Path> services) {
    try {
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      StandardJavaFileManager manager =
          compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(below(module.resolve("src/main/java"))));
      docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Types().scan(unit, null);
      }
      for (Path service : services) {
        Properties own = new Properties();
        try (Reader reader =
            Files.newBufferedReader(service.resolve("src/main/resources/application.properties"))) {
          own.load(reader);
        }
        properties.add(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An interface or enum by its name without a package, such as {@code ApisConfig.ApiConfig}. */
  Optional<TreePath> type(String name) {
    List<TreePath> found = types.getOrDefault(name, List.of());
    if (found.size() > 1) {
      throw new IllegalStateException("There are several types " + name + "; rename one");
    }
    return found.stream().findFirst();
  }

  /** The interfaces that hold configuration, by their names without packages. */
  List<String> mappings() {
    return types.entrySet().stream()
        .filter(
            each ->
                each.getValue().stream()
                    .anyMatch(path -> Annotations.of(path.getLeaf(), "ConfigMapping").isPresent()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What the services' own properties say of a key; several where they differ. */
  Set<String> properties(String name) {
    return properties.stream()
        .map(own -> own.getProperty(name))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The Javadoc of something, as one line of Markdown; empty without. */
  String javadoc(TreePath path) {
    DocCommentTree comment = docs.getDocCommentTree(path);
    return comment == null ? "" : Markdown.of(comment.getFullBody());
  }

  /** The values of an enum, as they are written in a configuration. */
  static List<String> values(ClassTree type) {
    return type.getMembers().stream()
        .filter(member -> member instanceof VariableTree)
        .map(member -> (VariableTree) member)
        .filter(
            field ->
                field.getType() != null
                    && field.getType().toString().equals(type.getSimpleName().toString()))
        .map(field -> field.getName().toString().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  /** The sources in a folder. */
  static List<Path> below(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Types extends TreePathScanner<@Nullable Void, @Nullable Void> {
    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Void nothing) {
      if (node.getKind() == Tree.Kind.INTERFACE || node.getKind() == Tree.Kind.ENUM) {
        types
            .computeIfAbsent(qualified(getCurrentPath()), name -> new ArrayList<>())
            .add(getCurrentPath());
      }
      return super.visitClass(node, null);
    }

    private String qualified(TreePath path) {
      String name = ((ClassTree) path.getLeaf()).getSimpleName().toString();
      return path.getParentPath().getLeaf() instanceof ClassTree
          ? qualified(path.getParentPath()) + "." + name
          : name;
    }
  }
}
