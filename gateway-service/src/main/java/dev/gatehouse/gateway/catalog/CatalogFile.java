package dev.gatehouse.gateway.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A catalog that its users have written: a YAML file in the form of the built-in ones. */
final class CatalogFile {

  private static final String SCHEME = "file:";

  private CatalogFile() {}

  /** Whether a configured catalog is a file and not the name of a built-in one. */
  static boolean isMeant(String catalog) {
    return catalog.startsWith(SCHEME) || catalog.endsWith(".yaml") || catalog.endsWith(".yml");
  }

  static CatalogDefinition read(String catalog) {
    Path path = path(catalog);
    String file = path.toString();
    try {
      if (!Files.isRegularFile(path)) {
        throw new InvalidCatalog(file, "there is no such file; check the path");
      }
      if (Files.size(path) > CatalogReader.MAX_CHARACTERS) {
        throw new InvalidCatalog(
            file,
            "the file has more than "
                + CatalogReader.MAX_CHARACTERS
                + " bytes, which no catalog has; check the path");
      }
      return CatalogReader.read(file, Files.readString(path));
    } catch (MalformedInputException e) {
      throw new InvalidCatalog(file, "the file is not UTF-8; save it as that");
    } catch (IOException e) {
      throw new InvalidCatalog(file, "the file cannot be read; check its permissions");
    }
  }

  private static Path path(String catalog) {
    try {
      return catalog.startsWith(SCHEME) ? Path.of(URI.create(catalog)) : Path.of(catalog);
    } catch (IllegalArgumentException e) {
      // InvalidPathException is one, too.
      throw new InvalidCatalog(
          catalog, "this is no path; write it like file:/etc/gatehouse/a.yaml");
    }
  }
}
