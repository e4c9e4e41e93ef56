package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reference makes of a small service: the names are those of SmallRye Config. */
class ReferenceTest {

  private static final String EMPTY =
      "## Doors\n<!-- door: DoorConfig -->\n<!-- end -->\nby hand\n";

  @TempDir Path module;

  @BeforeEach
  void aService() throws IOException {
    Path sources = Files.createDirectories(module.resolve("src/main/java/door"));
    Files.writeString(sources.resolve("Side.java"), "package door; enum Side { LEFT, FAR_RIGHT }");
    Files.writeString(
        sources.resolve("DoorConfig.java"),
        """
        package door;
        /** Doors. */
        @ConfigMapping(prefix = "house.doors")
        interface DoorConfig {
          /** Which side {@code left|far-right}
           *  it opens to. */
          @WithDefault("far-right")
          Side opensTo();
          /** How long it stays open. */
          Optional<Duration> stayOpen();
          /** Who may pass. */
          List<String> guests();
          /** What it is called. */
          @WithName("label.text")
          @WithDefault("${house.name:home}")
          String label();
          /** Locks. */
          Map<String, Lock> locks();
          interface Lock {
            /** Turns of the key. */
            @WithDefault("2")
            int turns();
            /** Of no interest. */
            default int twice() { return 2 * turns(); }
          }
        }
        """);
    Path resources = Files.createDirectories(module.resolve("src/main/resources"));
    Files.writeString(
        resources.resolve("application.properties"), "house.doors.guests=${GUESTS:nobody}\n");
  }

  @Test
  void aTableIsWrittenFromTheCode() {
    assertThat(written(EMPTY))
        .isEqualTo(
            """
            ## Doors
            <!-- door: DoorConfig -->
            | key, environment | type | default | effect |
            |---|---|---|---|
            | `house.doors.opens-to`<br>`HOUSE_DOORS_OPENS_TO` | `left`, `far-right` | `far-right` | Which side `left\\|far-right` it opens to. |
            | `house.doors.stay-open`<br>`HOUSE_DOORS_STAY_OPEN` | duration | – | How long it stays open. |
            | `house.doors.guests`<br>`GUESTS` | list | `nobody` | Who may pass. |
            | `house.doors.label.text`<br>`HOUSE_DOORS_LABEL_TEXT` | text | `${house.name}` | What it is called. |
            | `house.doors.locks.<name>.turns`<br>`HOUSE_DOORS_LOCKS_<NAME>_TURNS` | integer | `2` | Turns of the key. |
            <!-- end -->
            by hand
            """);
  }

  @Test
  void whatIsWrittenStaysAsItIs() {
    assertThat(written(written(EMPTY))).isEqualTo(written(EMPTY));
  }

  @Test
  void aMissingRowIsNoticed() {
    String without = written(EMPTY).replaceAll("(?m)^\\| `house.doors.guests.*\n", "");

    assertThat(without).isNotEqualTo(written(EMPTY));
    assertThat(written(without)).isNotEqualTo(without);
  }

  @Test
  void aRowTooManyIsNoticed() {
    String more = written(EMPTY).replace("<!-- end -->", "| `house.bell` | | | |\n<!-- end -->");

    assertThat(written(more)).isNotEqualTo(more);
  }

  @Test
  void aWrongDefaultIsNoticed() {
    String wrong = written(EMPTY).replace("| integer | `2` |", "| integer | `3` |");

    assertThat(wrong).isNotEqualTo(written(EMPTY));
    assertThat(written(wrong)).isNotEqualTo(wrong);
  }

  @Test
  void aMappingThatIsGoneIsNamed() {
    assertThatThrownBy(() -> written(EMPTY.replace("DoorConfig", "GateConfig")))
        .hasMessage("There is no mapping GateConfig");
  }

  @Test
  void aTypeThatNobodyKnowsIsNamed() throws IOException {
    Path file = module.resolve("src/main/java/door/DoorConfig.java");
    Files.writeString(file, Files.readString(file).replace("int turns()", "Turns turns()"));

    assertThatThrownBy(() -> written(EMPTY))
        .hasMessage("Say what Turns of house.doors.locks.<name>.turns is called");
  }

  private String written(String text) {
    return new Reference(text).written(name -> new Sources(module, java.util.List.of(module)));
  }
}
