package dev.gatehouse.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** What {@code export} wrote, read line by line: it may be larger than memory. */
record RegistryFile(Path path) {

  /** Takes one entry. */
  interface Reader {
    void take(long line, RegistryKind kind, JsonNode entry);
  }

  /** How many of each kind there are; a file with a mistake is refused as a whole. */
  Map<RegistryKind, Long> check() {
    Map<RegistryKind, Long> counts = new EnumMap<>(RegistryKind.class);
    read((line, kind, entry) -> counts.merge(kind, 1L, Long::sum));
    return counts;
  }

  void read(Reader reader) {
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      checkHeader(lines.readLine());
      RegistryKind.Service reached = RegistryKind.Service.TENANTS;
      long number = 2;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode entry = Json.parse(line).orElseGet(Json::object);
        RegistryKind kind = kind(number, entry);
        if (kind.service().compareTo(reached) < 0) {
          throw wrong(number, "is a " + kind + " behind keys, and tenants come first");
        }
        reached = kind.service();
        reader.take(number++, kind, entry);
      }
    } catch (NoSuchFileException e) {
      throw new Failure(path + " does not exist.", e);
    } catch (IOException e) {
      throw new Failure(path + " cannot be read: " + PrivateFile.reason(e) + ".", e);
    }
  }

  private void checkHeader(String line) {
    JsonNode header = Json.parse(line == null ? "" : line).orElseGet(Json::object);
    if (!Header.isHeader(header)) {
      throw new Failure(path + " is not what gatehouse export wrote: it has another first line.");
    }
    if (!Header.isOfThisVersion(header)) {
      throw new Failure(
          "%s has version %s of the format, which this command does not know: use a newer one."
              .formatted(path, header.path("version").asText("none")));
    }
  }

  private RegistryKind kind(long number, JsonNode entry) {
    return RegistryKind.of(entry.path("kind").asText())
        .orElseThrow(() -> wrong(number, "is not an entry of a registry"));
  }

  private Failure wrong(long number, String what) {
    return new Failure("%s: line %d %s. Nothing was imported.".formatted(path, number, what));
  }
}
