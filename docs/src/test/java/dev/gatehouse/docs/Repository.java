package dev.gatehouse.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where things are. */
final class Repository {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path CONFIGURATION = ROOT.resolve("docs/configuration.md");

  /** The modules that read configuration. */
  static final List<String> MODULES =
      List.of("common", "tenant-service", "key-service", "gateway-service");

  private Repository() {}

  /** The sources of a module, and what the services that run it preset. */
  static Sources sources(String module) {
    return new Sources(
        ROOT.resolve(module),
        module.equals("common")
            ? List.of(ROOT.resolve("tenant-service"), ROOT.resolve("key-service"))
            : List.of(ROOT.resolve(module)));
  }

  /** All Markdown that is committed: what stands at the root, in docs and in the modules. */
  static List<Path> documents() {
    try (Stream<Path> tree = Files.walk(ROOT)) {
      return tree.filter(file -> file.toString().endsWith(".md"))
          .filter(file -> Files.isRegularFile(file))
          .filter(file -> !hidden(ROOT.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hidden(Path file) {
    List<String> parts = new ArrayList<>();
    file.forEach(part -> parts.add(part.toString()));
    return parts.stream().anyMatch(part -> part.startsWith(".") || part.equals("target"));
  }
}
