package dev.gatehouse.cli.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace;
import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaCreateKeypairTest {

  @TempDir private Path home;
  private Workplace workplace;
  private String file;

  @BeforeEach
  void start() {
    workplace = new Workplace(home);
    file = workplace.file("pair.pem").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "ed25519", "RSA"})
  void aPrivatePemFileIsMadeAndItsIdPrinted(String type) throws Exception {
    Outcome outcome = workplace.run("ta-create-keypair", file, "--type", type);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(workplace.mode(Path.of(file))).isEqualTo("rw-------");
    assertThat(Files.readString(Path.of(file)))
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .endsWith("\n-----END PRIVATE KEY-----\n");
    var publicKey = new KeyFile(Path.of(file)).publicHalf().key();
    assertThat(outcome.out())
        .isEqualTo(
            PublicJsonWebKey.Factory.newPublicJwk(publicKey)
                    .calculateBase64urlEncodedThumbprint("SHA-256")
                + "\n");
  }

  @Test
  void anExistingFileIsLeftAlone() throws IOException {
    workplace.withFile("pair.pem", "precious");

    Outcome outcome = workplace.run("ta-create-keypair", file, "--type", "ec");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("exists already", "--force");
    assertThat(Files.readString(Path.of(file))).isEqualTo("precious");
  }

  @Test
  void aDanglingLinkIsNotFollowed() throws IOException {
    Path target = workplace.file("elsewhere.pem");
    Files.createSymbolicLink(Path.of(file), target);

    Outcome outcome = workplace.run("ta-create-keypair", file, "--type", "ec");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(target).doesNotExist();
  }

  @Test
  void forceReplacesTheFileAndLeavesNothingElse() throws IOException {
    workplace.withFile("pair.pem", "old");

    Outcome outcome = workplace.run("ta-create-keypair", file, "--type", "ec", "--force");

    assertThat(outcome.exitCode()).isZero();
    assertThat(Files.readString(Path.of(file))).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(workplace.mode(Path.of(file))).isEqualTo("rw-------");
    assertThat(files()).containsExactly(Path.of(file));
  }

  @Test
  void aDirectoryThatIsNotThereIsTold() {
    String nowhere = workplace.file("no/such/pair.pem").toString();

    Outcome outcome = workplace.run("ta-create-keypair", nowhere, "--type", "ec");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("gatehouse: " + nowhere + " cannot be written: no such file or directory.\n");
  }

  @Test
  void jsonTellsBothIds() {
    Outcome outcome = workplace.run("ta-create-keypair", file, "--type", "ec", "-o", "json");

    assertThat(outcome.out())
        .contains("\"id\" : ", "\"opstraceId\" : ", "\"algorithm\" : \"ES256\"");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.toList();
    }
  }
}
