package dev.gatehouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration that a service reads: its {@code @ConfigMapping} interfaces,
 * {@code @ConfigProperty} and application.properties, and what Quarkus says of its own extensions.
 * In a key "*" stands for a name.
 */
final class KnownKeys {

  private static final String NAME = "(\"[^\"]+\"|[^.]+)";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_]+)[:}]");
  private static final Pattern CONSTANT = Pattern.compile("\"(AUTH_[A-Z_]+)\"");

  private final Set<String> keys = new TreeSet<>();
  private final Set<String> variables = new TreeSet<>();

  private KnownKeys() {}

  /** Of the modules that a service is made of. */
  static KnownKeys of(String... modules) {
    KnownKeys known = new KnownKeys();
    for (String module : modules) {
      Path sources = Chart.CHECKOUT.resolve(module + "/src/main");
      known.keys.addAll(ConfigSources.keys(sources.resolve("java")));
      known.addProperties(sources.resolve("resources/application.properties"));
    }
    known.addQuarkus();
    // Not by an annotation: it is read before anything else is there.
    known.addMatches(CONSTANT, "common/src/main/java/dev/gatehouse/common/apikey/AuthApiKey.java");
    return known;
  }

  /** Whether a key of application.properties has any effect. */
  boolean hasKey(String key) {
    return keys.stream().anyMatch(known -> pattern(known).matcher(key).matches());
  }

  /** Whether a variable of the environment has any effect. */
  boolean hasVariable(String name) {
    return variables.contains(name)
        || keys.stream()
            .filter(key -> !key.contains("*"))
            .anyMatch(key -> variable(key).equals(name));
  }

  private static Pattern pattern(String known) {
    return Pattern.compile(
        Stream.of(known.split("\\*", -1))
            .map(Pattern::quote)
            .reduce((before, after) -> before + NAME + after)
            .orElseThrow());
  }

  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private void addProperties(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      String text = Files.readString(file);
      Properties properties = new Properties();
      properties.load(new StringReader(text));
      properties.stringPropertyNames().stream()
          .filter(key -> !key.startsWith("%"))
          .forEach(keys::add);
      VARIABLE.matcher(text).results().forEach(match -> variables.add(match.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addMatches(Pattern pattern, String file) {
    try {
      pattern
          .matcher(Files.readString(Chart.CHECKOUT.resolve(file)))
          .results()
          .forEach(match -> variables.add(match.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each extension describes what it reads in its jar. */
  private void addQuarkus() {
    try {
      List<URL> models =
          Collections.list(
              KnownKeys.class
                  .getClassLoader()
                  .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"));
      for (URL model : models) {
        try (InputStream text = model.openStream()) {
          for (JsonNode property : new ObjectMapper().readTree(text).findValues("property")) {
            keys.add(property.asText());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
