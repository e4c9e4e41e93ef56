package dev.gatehouse.gateway.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The catalogs: those that come with the gateway, and files in the same form. */
public final class Catalogs {

  private static final List<String> BUILT_IN =
      List.of("mimir", "loki", "tempo", "prometheus", "otlp", "any");

  private Catalogs() {}

  public static List<String> names() {
    return BUILT_IN;
  }

  /**
   * The catalog that a configuration names: a built-in one, or a file of one's own by its path
   * ({@code file:/…}, or what ends in {@code .yaml}).
   *
   * @throws InvalidCatalog if the file cannot be used
   */
  public static Optional<CatalogDefinition> named(String catalog) {
    return CatalogFile.isMeant(catalog) ? Optional.of(CatalogFile.read(catalog)) : builtIn(catalog);
  }

  /** The built-in catalog of this name; Cortex uses that of Mimir. */
  public static Optional<CatalogDefinition> builtIn(String name) {
    if (!BUILT_IN.contains(name)) {
      return Optional.empty();
    }
    String file = "catalogs/" + name + ".yaml";
    try (InputStream in = Catalogs.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not packaged");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(CatalogReader.read(file, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
