package dev.gatehouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The chart with values, to be rendered. Immutable: each {@code with} is another one. */
public final class Chart {

  /** The root of the repository. */
  public static final Path CHECKOUT =
      Path.of(System.getProperty("gatehouse.checkout", "../..")).normalize();

  /** The chart's folder. */
  public static final Path FOLDER = CHECKOUT.resolve("deploy/helm/gatehouse");

  public static final String RELEASE = "gh";
  public static final String NAMESPACE = "observability";

  /** The oldest that the chart is for. */
  private static final String KUBERNETES = "1.30.0";

  private static final String HOOK = "helm.sh/hook";
  private static final String NO_HOOK = "not.helm.sh/hook";

  /**
   * Helm as a library leaves hooks out of what it renders. In this copy they are ordinary objects,
   * whose annotations are mended afterwards.
   */
  private static final Path WITHOUT_HOOKS = withoutHooks();

  private final String release;
  private final List<Path> files;
  private final List<String> yaml;

  private Chart(String release, List<Path> files, List<String> yaml) {
    this.release = release;
    this.files = List.copyOf(files);
    this.yaml = List.copyOf(yaml);
  }

  /** With its own values alone, which is not enough. */
  public static Chart bare() {
    return new Chart(RELEASE, List.of(), List.of());
  }

  /** With one of its values files, such as {@code smallest}. */
  public static Chart of(String name) {
    return bare().and(name);
  }

  /** With the least that it can be installed with. */
  public static Chart least() {
    return of("smallest");
  }

  /** The names of the values files that stand for an installation. */
  public static Stream<String> installations() {
    return Stream.of("smallest", "production", "auth0", "existing-mimir-loki");
  }

  /** The names of all values files. */
  public static Stream<String> valuesFiles() {
    return Stream.concat(installations(), Stream.of("rotation-1", "rotation-2", "rotation-3"));
  }

  /** A values file; what is only a step is put on top of the smallest. */
  public static Chart file(String name) {
    return name.startsWith("rotation") ? least().and(name) : of(name);
  }

  /** One more values file of the chart. */
  public Chart and(String name) {
    List<Path> more = new ArrayList<>(files);
    more.add(FOLDER.resolve("values/" + name + ".yaml"));
    return new Chart(release, more, yaml);
  }

  /** More values, as YAML; they count before the files. */
  public Chart with(String values) {
    List<String> more = new ArrayList<>(yaml);
    more.add(values);
    return new Chart(release, files, more);
  }

  public Chart as(String name) {
    return new Chart(name, files, yaml);
  }

  public String release() {
    return release;
  }

  /** What Helm would send to Kubernetes, hooks included. */
  public String text() {
    TemplateCommand command =
        new Helm(WITHOUT_HOOKS)
            .template()
            .withName(release)
            .withNamespace(NAMESPACE)
            .withKubeVersion(KUBERNETES);
    return withFiles(
        list -> {
          list.forEach(command::withValuesFile);
          return command.call().replace(NO_HOOK, HOOK);
        });
  }

  public Manifests render() {
    return Manifests.parse(text());
  }

  /** What Helm says after the installation. */
  public String notes() {
    var command =
        new Helm(FOLDER)
            .install()
            .withName(release)
            .withNamespace(NAMESPACE)
            .withKubeVersion(KUBERNETES)
            .clientOnly()
            .dryRun()
            .withDryRunOption(DryRun.CLIENT);
    return withFiles(
        list -> {
          list.forEach(command::withValuesFile);
          return command.call().getOutput();
        });
  }

  /** As {@code helm lint --strict} does, which takes no values: they become the chart's own. */
  public LintResult lint() {
    return withFiles(
        list -> {
          Path folder = Files.createTempDirectory("chart");
          Path copy = folder.resolve("gatehouse");
          try {
            copy(FOLDER, copy);
            ObjectNode values = Yaml.object(Files.readString(copy.resolve("values.yaml")));
            for (Path file : list) {
              merge(values, Yaml.object(Files.readString(file)));
            }
            Files.writeString(copy.resolve("values.yaml"), Yaml.write(values));
            return new Helm(copy).lint().strict().call();
          } finally {
            delete(folder);
          }
        });
  }

  /** As Helm merges: objects one into the other, all else replaces. */
  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(
            entry -> {
              JsonNode there = into.get(entry.getKey());
              if (there instanceof ObjectNode below
                  && entry.getValue() instanceof ObjectNode more) {
                merge(below, more);
              } else {
                into.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private <T> T withFiles(WithFiles<T> use) {
    List<Path> all = new ArrayList<>(files);
    List<Path> temporary = new ArrayList<>();
    try {
      for (String values : yaml) {
        Path file = Files.createTempFile("values", ".yaml");
        temporary.add(file);
        Files.writeString(file, values);
      }
      all.addAll(temporary);
      return use.with(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      temporary.forEach(file -> file.toFile().delete());
    }
  }

  private static Path withoutHooks() {
    try {
      Path folder = Files.createTempDirectory("chart");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(folder)));
      Path copy = folder.resolve("gatehouse");
      copy(FOLDER, copy);
      Path hooks = copy.resolve("templates/auth/_auth.tpl");
      Files.writeString(hooks, Files.readString(hooks).replace(HOOK, NO_HOOK));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forget(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private interface WithFiles<T> {
    T with(List<Path> files) throws IOException;
  }
}
