package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The README tells of every value what values.yaml does. */
class ValueTableTest {

  private static final Path README = Chart.FOLDER.resolve("README.md");
  private static final String BEGIN = "<!-- values: made by ValueTableTest -->\n";
  private static final String END = "<!-- end of values -->";

  @Test
  void theReadmeHasEveryValueWithItsDefaultAndItsComment() throws IOException {
    String table = ValueTable.markdown(ValueTable.rows(values()));

    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    if (Boolean.getBoolean("gatehouse.rendered.rewrite")) {
      readme = readme.substring(0, begin) + table + readme.substring(end);
      Files.writeString(README, readme);
      end = readme.indexOf(END);
    }
    assertThat(readme.substring(begin, end))
        .as("write it anew with -Dgatehouse.rendered.rewrite=true")
        .isEqualTo(table);
  }

  @Test
  void everyValueHasAComment() throws IOException {
    assertThat(ValueTable.rows(values()))
        .hasSizeGreaterThan(100)
        .allSatisfy(row -> assertThat(row.comment()).as(row.path()).isPresent());
  }

  @Test
  void noValueIsLeftOut() throws IOException {
    List<String> paths = new ArrayList<>();
    leaves("", Yaml.object(values()), paths);

    assertThat(ValueTable.rows(values()).stream().map(ValueTable.Row::path))
        .containsExactlyElementsOf(paths);
  }

  @Test
  void aValueWithoutACommentIsFound() {
    assertThat(ValueTable.rows("# Said.\na: 1\n\nb:\n  c: {}\n"))
        .containsExactly(
            new ValueTable.Row("a", "1", Optional.of("Said.")),
            new ValueTable.Row("b.c", "{}", Optional.empty()));
  }

  private static void leaves(String path, JsonNode node, List<String> into) {
    node.properties()
        .forEach(
            entry -> {
              String below = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
              boolean group = entry.getValue().isObject() && !entry.getValue().isEmpty();
              if (group && !entry.getKey().equals("resources")) {
                leaves(below, entry.getValue(), into);
              } else {
                into.add(below);
              }
            });
  }

  private static String values() throws IOException {
    return Files.readString(Chart.FOLDER.resolve("values.yaml"));
  }
}
