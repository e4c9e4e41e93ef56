package dev.gatehouse.helm;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads keys of the configuration from sources, with the compiler's own parser. */
final class ConfigSources {

  private static final String MAP = "Map<String, ";

  private final Map<String, ClassTree> types = new HashMap<>();
  private final Set<String> keys = new TreeSet<>();

  private ConfigSources() {}

  /** The keys that the sources in a folder read; "*" stands for a name that is free. */
  static Set<String> keys(Path folder) {
    Set<String> all = new TreeSet<>();
    for (CompilationUnitTree unit : parse(folder)) {
      ConfigSources sources = new ConfigSources();
      unit.accept(sources.new Types(), null);
      unit.accept(sources.new Annotations(), null);
      sources.types.values().forEach(sources::mapping);
      all.addAll(sources.keys);
    }
    return all;
  }

  private void mapping(ClassTree type) {
    argument(type.getModifiers(), "ConfigMapping", "prefix")
        .ifPresent(prefix -> members(prefix, type));
  }

  private void members(String prefix, ClassTree type) {
    for (var member : type.getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        value(key(prefix, method), String.valueOf(method.getReturnType()));
      }
    }
  }

  private void value(String key, String type) {
    if (type.startsWith(MAP)) {
      value(key + ".*", type.substring(MAP.length(), type.length() - 1));
      return;
    }
    ClassTree group = types.get(type);
    if (group != null && group.getKind() == Tree.Kind.INTERFACE) {
      members(key, group);
    } else {
      keys.add(key);
    }
  }

  private static String key(String prefix, MethodTree method) {
    if (annotation(method.getModifiers(), "WithParentName").isPresent()) {
      return prefix;
    }
    String name =
        argument(method.getModifiers(), "WithName", "value")
            .orElseGet(() -> dashed(method.getName().toString()));
    return prefix + "." + name;
  }

  private static String dashed(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static Optional<? extends AnnotationTree> annotation(ModifiersTree on, String name) {
    return on.getAnnotations().stream()
        .filter(it -> it.getAnnotationType().toString().equals(name))
        .findFirst();
  }

  private static Optional<String> argument(ModifiersTree on, String annotation, String name) {
    return annotation(on, annotation).flatMap(it -> argument(it, name));
  }

  private static Optional<String> argument(AnnotationTree annotation, String name) {
    for (ExpressionTree each : annotation.getArguments()) {
      if (each instanceof LiteralTree literal && name.equals("value")) {
        return Optional.of(literal.getValue().toString());
      }
      if (each instanceof AssignmentTree assignment
          && assignment.getVariable().toString().equals(name)
          && assignment.getExpression() instanceof LiteralTree literal) {
        return Optional.of(literal.getValue().toString());
      }
    }
    return Optional.empty();
  }

  private static Iterable<? extends CompilationUnitTree> parse(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<File> sources = thatReadConfiguration(folder);
    if (sources.isEmpty()) {
      return List.of();
    }
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromFiles(sources));
      return task.parse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<File> thatReadConfiguration(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(ConfigSources::readsConfiguration)
          .map(Path::toFile)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean readsConfiguration(Path file) {
    try {
      return Files.readString(file).contains("@Config");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All types of a file, by their names. */
  private final class Types extends TreeScanner<Void, Void> {
    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      types.put(type.getSimpleName().toString(), type);
      return super.visitClass(type, null);
    }
  }

  /** What is injected by name, wherever that is. */
  private final class Annotations extends TreeScanner<Void, Void> {
    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
      if (annotation.getAnnotationType().toString().equals("ConfigProperty")) {
        argument(annotation, "name").ifPresent(keys::add);
      }
      return super.visitAnnotation(annotation, null);
    }
  }
}
