package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstancesTest {

  private static final String CONFIG =
      """
      # Kept by the platform team.
      instances:
        # The big one.
        prod:
          url: https://console.example.com
      """;

  @TempDir private Path home;
  private Workplace workplace;

  @BeforeEach
  void start() {
    workplace = new Workplace(home);
  }

  @Test
  void addMakesAPrivateFileInTheDocumentedForm() throws IOException {
    Outcome outcome = addLocal();

    assertThat(outcome).isEqualTo(new Outcome(0, "local\n", ""));
    assertThat(workplace.mode(workplace.configFile())).isEqualTo("rw-------");
    assertThat(Files.readString(workplace.configFile()))
        .isEqualTo(
            """
            instances:
              local:
                url: http://localhost:8080
                clientCredentials:
                  tokenUrl: http://localhost:8380/default/token
                  clientId: operator
                  clientSecret: operator
                  audience: gatehouse-local
            """);
  }

  @Test
  void theSecretMayComeFromTheEnvironment() throws IOException {
    workplace
        .with("GATEHOUSE_CLIENT_SECRET", "from: outside")
        .run(
            "instances",
            "add",
            "local",
            "http://localhost:8080",
            "--token-url",
            "http://localhost:8380/default/token",
            "--client-id",
            "operator");

    assertThat(Files.readString(workplace.configFile()))
        .contains("clientSecret: 'from: outside'\n");
  }

  @Test
  void addKeepsWhatIsThere() throws IOException {
    workplace.withConfig(CONFIG);

    workplace.run("instances", "add", "test", "https://test.example.com");

    assertThat(Files.readString(workplace.configFile()))
        .isEqualTo(CONFIG + "  test:\n    url: https://test.example.com\n");
  }

  @Test
  void addRefusesANameThatIsThereUnlessForced() throws IOException {
    workplace.withConfig(CONFIG);

    Outcome refused = workplace.run("instances", "add", "prod", "https://other.example.com");
    Outcome forced =
        workplace.run("instances", "add", "prod", "https://other.example.com", "--force");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).hasLineCount(1).contains("names the instance prod already");
    assertThat(forced.exitCode()).isZero();
    assertThat(Files.readString(workplace.configFile())).contains("https://other.example.com");
  }

  @Test
  void listShowsNoSecret() {
    addLocal();

    assertThat(workplace.run("instances", "list").out()).isEqualTo("local\n");
    assertThat(workplace.run("instances", "list", "-o", "wide").out())
        .isEqualTo(
            """
            NAME   URL                    LOGIN
            local  http://localhost:8080  clientCredentials
            """);
    assertThat(workplace.run("instances", "list", "-o", "json").out())
        .contains("\"name\" : \"local\"")
        .doesNotContain("operator");
  }

  @Test
  void removeForgetsTheInstance() throws IOException {
    workplace.withConfig(CONFIG);

    Outcome removed = workplace.run("instances", "remove", "prod");
    Outcome again = workplace.run("instances", "remove", "prod");

    assertThat(removed).isEqualTo(new Outcome(0, "prod\n", ""));
    assertThat(Files.readString(workplace.configFile())).doesNotContain("example.com");
    assertThat(again.exitCode()).isEqualTo(1);
  }

  @Test
  void plainHttpToAnotherMachineIsWarnedAbout() {
    Outcome outcome = workplace.run("instances", "add", "test", "http://test.example.com");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).hasLineCount(1).contains("unencrypted");
  }

  @Test
  void aConfigurationThatOthersMayReadIsWarnedAbout() throws IOException {
    workplace.withConfig(CONFIG);
    chmod("rw-r--r--");

    Outcome outcome = workplace.run("instances", "list");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).hasLineCount(1).contains("warning", "chmod 600");
  }

  @Test
  void aConfigurationThatOthersMayWriteIsRefused() throws IOException {
    workplace.withConfig(CONFIG);
    chmod("rw--w----");

    Outcome outcome = workplace.run("instances", "list");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("Others may write", "chmod 600");
  }

  @Test
  void theConfigurationMayBeElsewhere() {
    Path elsewhere = workplace.file("elsewhere.yaml");
    workplace.with("GATEHOUSE_CONFIG", elsewhere.toString());

    addLocal();

    assertThat(elsewhere).exists();
    assertThat(workplace.configFile()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "instances: [a, b]                             | line 1: instances is not a mapping",
        "instances: {local: {uri: 'http://x'}}         | line 1: the key uri is not known here",
        "instances: {local: {}}                        | line 1: url is missing",
        "instances: {local: {url: 'ftp://x'}}          | line 1: url is not a URL",
        "instances: {Local: {url: 'http://x'}}         | line 1: An instance has 2 to 23 characters",
        "other: 1                                      | line 1: the key other is not known here",
        "instances: {local: {url: 'http://s3cret'      | is not YAML"
      })
  void aMistakeInTheConfigurationIsToldWithItsLine(String yaml, String mistake) {
    workplace.withConfig(yaml);

    Outcome outcome = workplace.run("instances", "list");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains(mistake).doesNotContain("s3cret");
  }

  private Outcome addLocal() {
    return workplace.runWithInput(
        "operator\n",
        "instances",
        "add",
        "local",
        "http://localhost:8080",
        "--token-url",
        "http://localhost:8380/default/token",
        "--client-id",
        "operator",
        "--audience",
        "gatehouse-local");
  }

  private void chmod(String mode) throws IOException {
    Files.setPosixFilePermissions(workplace.configFile(), PosixFilePermissions.fromString(mode));
  }
}
