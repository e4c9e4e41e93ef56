package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} says what the code does. After a change of the configuration,
 * {@code mvn -pl docs test -Dgatehouse.docs.write} writes the tables anew.
 */
class ConfigurationTest {

  private static final Pattern PROPERTY =
      Pattern.compile("@ConfigProperty\\(\\s*name\\s*=\\s*\"([^\"]+)\"");
  private static final Pattern READ =
      Pattern.compile("getOptionalValue\\(|config\\.getValue\\(|System\\.getenv\\(");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_]+)[:}]");

  private static final Map<String, Sources> SOURCES = new TreeMap<>();

  @Test
  void everyTableIsWhatTheCodeSays() throws IOException {
    String text = Repository.read(Repository.CONFIGURATION);
    String written = new Reference(text).written(ConfigurationTest::sources);

    if (System.getProperty("gatehouse.docs.write") != null) {
      Files.writeString(Repository.CONFIGURATION, written);
      return;
    }

    assertThat(text)
        .as("run: mvn -pl docs test -Dgatehouse.docs.write, and look at what changed")
        .isEqualTo(written);
  }

  @Test
  void everyMappingHasItsPlace() {
    Reference reference = new Reference(Repository.read(Repository.CONFIGURATION));

    for (String module : Repository.MODULES) {
      assertThat(reference.mappings(module))
          .as("the mappings of %s", module)
          .containsExactlyInAnyOrderElementsOf(sources(module).mappings());
    }
  }

  @Test
  void everyKeySaysWhatItDoes() {
    List<String> silent = new ArrayList<>();
    for (String module : Repository.MODULES) {
      for (String mapping : sources(module).mappings()) {
        Mapping.keys(sources(module), mapping).stream()
            .filter(key -> key.effect().length() < 10)
            .forEach(key -> silent.add(mapping + ": " + key.name()));
      }
    }

    assertThat(silent).as("keys without Javadoc").isEmpty();
  }

  @Test
  void everyPropertyThatIsInjectedIsThere() throws IOException {
    List<String> rows = new Reference(Repository.read(Repository.CONFIGURATION)).rows();
    List<String> injected = new ArrayList<>();
    for (String module : Repository.MODULES) {
      for (var file : Sources.below(Repository.ROOT.resolve(module).resolve("src/main/java"))) {
        PROPERTY.matcher(Files.readString(file)).results().forEach(r -> injected.add(r.group(1)));
      }
    }

    assertThat(injected).isNotEmpty().isSubsetOf(rows);
  }

  @Test
  void everyVariableThatAPropertyStandsForIsThere() {
    String text = Repository.read(Repository.CONFIGURATION);
    List<String> variables = new ArrayList<>();
    for (String module : Repository.MODULES.subList(1, Repository.MODULES.size())) {
      String properties =
          Repository.read(
              Repository.ROOT.resolve(module).resolve("src/main/resources/application.properties"));
      VARIABLE.matcher(properties).results().forEach(found -> variables.add(found.group(1)));
    }

    assertThat(variables).contains("MULTI_TENANCY_ENABLED");
    assertThat(variables).allSatisfy(variable -> assertThat(text).contains("`" + variable + "`"));
  }

  @Test
  void whatServicesPresetOfQuarkusIsSo() {
    List<Reference.Row> rows =
        new Reference(Repository.read(Repository.CONFIGURATION)).rowsOf("quarkus.");
    int preset = 0;
    for (Reference.Row row : rows) {
      Set<String> values = new TreeSet<>();
      for (String module : Repository.MODULES.subList(1, Repository.MODULES.size())) {
        values.addAll(sources(module).properties(row.key()));
      }
      if (!values.isEmpty()) {
        assertThat(row.values()).as(row.key()).containsExactlyInAnyOrderElementsOf(values);
        preset++;
      }
    }

    assertThat(preset).isGreaterThan(5);
  }

  @Test
  void nothingElseReadsTheConfiguration() throws IOException {
    List<String> readers = new ArrayList<>();
    for (String module : Repository.MODULES) {
      for (var file : Sources.below(Repository.ROOT.resolve(module).resolve("src/main/java"))) {
        if (READ.matcher(Files.readString(file)).find()) {
          readers.add(file.getFileName().toString());
        }
      }
    }

    assertThat(readers)
        .as("what reads keys by itself must be told of in the document, by hand")
        // CreateSecret is a program of its own; deploy/docker tells of it.
        .containsExactlyInAnyOrder("AuthApiKey.java", "CreateSecret.java");
    assertThat(new Reference(Repository.read(Repository.CONFIGURATION)).rows())
        .contains("AUTH_API_KEY", "AUTH_API_KEY_PREVIOUS");
  }

  /** Read once, as that takes a second. */
  private static Sources sources(String module) {
    return SOURCES.computeIfAbsent(module, Repository::sources);
  }
}
