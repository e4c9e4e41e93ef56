package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script by itself, in a checkout where nothing is built, with programs that only pretend. */
class UpScriptTest {
  @TempDir Path checkout;
  private Path programs;

  @BeforeEach
  void checkOut() throws IOException {
    Path scripts = Files.createDirectories(checkout.resolve("deploy/local"));
    for (String script : List.of("up", "lib.sh")) {
      Files.copy(Path.of(script), scripts.resolve(script));
    }
    programs = Files.createDirectories(checkout.resolve("jdk/bin"));
    program("java", "echo 'openjdk version \"17.0.3\" 2022-04-19' >&2");
    program("javac", "");
    program("mvn", "echo 'Apache Maven 3.8.1 (x)'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.22", "17", "17.0.2"})
  void anOlderJavaIsRefusedWithTheReasonAndTheRemedy(String version) throws IOException {
    program("java", "echo 'openjdk version \"" + version + "\" 2022-01-18' >&2");

    Run up = up();

    assertThat(up.exit()).isEqualTo(1);
    assertThat(up.err())
        .startsWith("up: Gatehouse needs a JDK 17.0.3 or newer; '" + programs + "/java' is ")
        .contains("Set JAVA_HOME to a newer one.")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.3", "17.0.15", "18", "25.0.1"})
  void aJavaThatIsNewEnoughIsTaken(String version) throws IOException {
    program("java", "echo 'openjdk version \"" + version + "\" 2022-04-19' >&2");

    assertThat(up("--no-build").err()).contains("The launcher is not built");
  }

  @Test
  void aMissingJavaIsSaid() throws IOException {
    Files.delete(programs.resolve("java"));

    Run up = up();

    assertThat(up.exit()).isEqualTo(1);
    assertThat(up.err()).contains("there is no '" + programs + "/java'. Install one");
  }

  @Test
  void aRuntimeWithoutACompilerIsSaid() throws IOException {
    Files.delete(programs.resolve("javac"));

    assertThat(up().err()).contains("Gatehouse is built with a JDK").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"3.6.3, this one is 3.6.3", "2.2.1, this one is 2.2.1"})
  void anOlderMavenIsRefused(String version, String sentence) throws IOException {
    program("mvn", "echo 'Apache Maven " + version + " (x)'");

    assertThat(up().err())
        .contains("Gatehouse is built with Maven 3.8 or newer; " + sentence)
        .hasLineCount(1);
  }

  @Test
  void theBuildShowsItsProgressAndItsEndWhenItFails() throws IOException {
    program(
        "mvn",
        """
        if [ "$2" = -v ]; then
          echo 'Apache Maven 3.8.1 (x)'
        else
          echo '[INFO] Building Gatehouse: key-service 0.1.0-SNAPSHOT      [4/7]'
          echo '[ERROR] the reason'
          exit 1
        fi
        """);

    Run up = up();

    assertThat(up.exit()).isEqualTo(1);
    assertThat(up.lines())
        .containsExactly(
            "Building tenant-service key-service gateway-service cli deploy/local:",
            "  key-service [4/7]");
    assertThat(up.err())
        .contains("[ERROR] the reason")
        .contains("up: The build failed; all it said is in ")
        .contains(checkout + "/.gatehouse/logs/build.log");
  }

  @Test
  void helpNamesEveryOptionOfTheLauncherThatIsForPeople() {
    assertThat(up("--help").out())
        .contains(
            "--detach",
            "--fresh",
            "--upstream NAME=URL[,catalog=C][,tenants=a+b]",
            "--instance NAME",
            "--state DIR",
            "--ports auto",
            "--no-build",
            "--keep-going",
            "--only PART");
  }

  private Run up(String... options) {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("deploy/local/up").toString()));
    command.addAll(List.of(options));
    return Run.of(
        checkout,
        Map.of(
            "JAVA_HOME",
            checkout.resolve("jdk").toString(),
            "PATH",
            programs + ":" + System.getenv("PATH")),
        command);
  }

  private void program(String name, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
