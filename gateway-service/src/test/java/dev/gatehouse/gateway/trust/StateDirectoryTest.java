package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

  @TempDir Path parent;

  @Test
  void theFolderAndItsFilesAreForTheirUserOnly() throws Exception {
    Path folder = parent.resolve("a/b");

    try (StateDirectory directory = StateDirectory.open(folder)) {
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(directory.file("lock"))).isEqualTo("rw-------");
    }
  }

  @Test
  void aFolderIsFreeAgainOnceItWasClosed() {
    StateDirectory.open(parent).close();

    StateDirectory.open(parent).close();
  }

  @Test
  void aFolderThatAnotherProcessHoldsIsRefusedUntilThatIsGone() throws Exception {
    Process other = hold(parent);
    try (BufferedReader says = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(says.readLine()).isEqualTo("held");

      assertThatThrownBy(() -> StateDirectory.open(parent))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "gatehouse.state-dir %s is in use by another gateway. Give each gateway a folder of"
                  + " its own.",
              parent);
    } finally {
      other.destroyForcibly();
      assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    StateDirectory.open(parent).close();
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedWithTheRemedy() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> StateDirectory.open(file.resolve("state")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leave the setting out");
  }

  private static Process hold(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Another process that has the folder until it is killed. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (StateDirectory directory = StateDirectory.open(Path.of(arguments[0]))) {
        System.out.println("held");
        int end = System.in.read();
        System.out.println(directory.file("lock") + " " + end);
      }
    }
  }
}
