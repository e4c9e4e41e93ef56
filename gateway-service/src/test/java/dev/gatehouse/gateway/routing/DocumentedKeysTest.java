package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * SmallRye Config reads the keys of {@code docs/configuration.md} as they stand there. The module
 * docs holds that none is missing; here it shows that none is misspelled.
 */
class DocumentedKeysTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(gatehouse[^`]+)`<br>`[^`]+` \\| (.*?) \\| (.*?) \\|");

  private static final Map<String, String> SAMPLES =
      Map.of(
          "duration", "1m",
          "size", "1M",
          "integer", "1",
          "number", "0.5",
          "boolean", "true",
          "list", "a",
          "text", "any",
          "URL", "http://service.example",
          "file", "/tmp/file");

  @Test
  void everyKeyThatIsDocumentedIsRead() throws Exception {
    Map<String, String> documented = documented();

    assertThat(documented).hasSizeGreaterThan(60);
    assertThatCode(() -> build(documented)).doesNotThrowAnyException();
  }

  @Test
  void aKeyThatNobodyReadsIsRefused() throws Exception {
    Map<String, String> documented = documented();
    documented.put("gatehouse.proxy.max-inflite", "1");

    assertThatThrownBy(() -> build(documented))
        .isInstanceOf(ConfigValidationException.class)
        .hasMessageContaining("gatehouse.proxy.max-inflite");
  }

  private static Map<String, String> documented() throws IOException {
    String all = Files.readString(DOCUMENT);
    String ours =
        all.substring(all.indexOf("\n## gateway-service"), all.indexOf("\n## tenant-service"));
    Map<String, String> documented = new LinkedHashMap<>();
    ROW.matcher(ours)
        .results()
        .forEach(
            row ->
                documented.put(
                    row.group(1).replace("<name>", "loki").replace("<group>", "push"), value(row)));
    return documented;
  }

  private static String value(MatchResult row) {
    String shown = row.group(3).replace("`", "");
    return row.group(3).startsWith("`") && !shown.startsWith("$")
        ? shown
        : Objects.requireNonNull(SAMPLES.get(row.group(2)), row.group(1));
  }

  private static void build(Map<String, String> properties) throws Exception {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withConverter(MemorySize.class, 200, new MemorySizeConverter())
            .withSources(new PropertiesConfigSource(properties, "the document", 100));
    for (Class<?> mapping : mappings()) {
      builder.withMapping(mapping);
    }
    builder.build();
  }

  private static List<Class<?>> mappings() throws Exception {
    List<Class<?>> mappings = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(CLASSES)) {
      for (Path file : tree.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = CLASSES.relativize(file).toString().replace('/', '.').replace(".class", "");
        Class<?> type = Class.forName(name, false, DocumentedKeysTest.class.getClassLoader());
        if (type.isAnnotationPresent(ConfigMapping.class)) {
          mappings.add(type);
        }
      }
    }
    return mappings;
  }
}
