package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/data-plane.md} work as they stand there. */
class DocumentedExamplesTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "data-plane.md");
  private static final String OWN = "/etc/gatehouse/orders.yaml";

  @TempDir Path directory;

  @Test
  void everyApiThatIsShownStarts() throws IOException {
    Path catalog = Files.writeString(directory.resolve("orders.yaml"), blocks("yaml").get(0));
    int shown = 0;

    for (String block : blocks("properties")) {
      Properties properties = new Properties();
      properties.load(new StringReader(block.replace(OWN, catalog.toString())));
      if (properties.stringPropertyNames().stream().anyMatch(key -> key.endsWith(".catalog"))) {
        assertThat(api(properties).catalog().operations()).isNotEmpty();
        shown++;
      }
    }

    assertThat(shown).isGreaterThan(5);
  }

  private static Api api(Properties properties) {
    List<String> settings = new ArrayList<>();
    String name = "";
    for (String key : properties.stringPropertyNames()) {
      String[] parts = key.split("\\.", 4);
      name = parts[2];
      settings.add(parts[3]);
      settings.add(properties.getProperty(key));
    }
    return ConfiguredApis.api(name, settings.toArray(String[]::new));
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher block =
        Pattern.compile(" *```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    return block.results().map(found -> found.group(1)).toList();
  }
}
