package dev.gatehouse.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in an image; of the archive of classes see {@link ImageIT}. */
class LayoutIT {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"gateway-service", "tenant-service", "key-service"})
  void twoLayoutsOfABuildAreTheSame(String service) throws Exception {
    Path one = layout(service, "one");
    Path two = layout(service, "two");

    assertThat(files(one)).isEqualTo(files(two)).isNotEmpty();
  }

  @Test
  void everybodyMayReadAndNobodyMayWrite() throws IOException {
    Path layout = layout("gateway-service", "one");

    try (Stream<Path> files = Files.walk(layout)) {
      for (Path file : files.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertThat(mode)
            .as(file.toString())
            .isIn(
                Files.isDirectory(file) ? List.of("rwxr-xr-x") : List.of("r--r--r--", "r-xr-xr-x"));
      }
    }
  }

  @Test
  void noTestsNoSourcesAndNoSecretsAreInIt() throws Exception {
    assertThat(files(layout("gateway-service", "one")).keySet())
        .noneMatch(it -> it.endsWith(".pem") || it.endsWith(".java") || it.contains("junit"))
        .contains("run", "healthy", "jvm.options", "container.options", "quarkus-run.jar");
  }

  /** As the chart's hook runs it, which has neither a database nor the libraries of the service. */
  @Test
  void theSecretIsCreatedWithClassesOfTheJdkAndOurs() throws IOException {
    Path layout = layout("tenant-service", "one");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    Checkout.Run run =
        Checkout.run(
            Map.of("KUBERNETES_SERVICE_HOST", ""),
            List.of(
                java,
                "-cp",
                layout + "/app/*",
                "dev.gatehouse.tenant.bootstrap.CreateSecret",
                "gatehouse",
                "gatehouse-auth"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.said()).hasLineCount(1).contains("KUBERNETES_SERVICE_HOST is not set");
  }

  @Test
  void aServiceThatThereIsNotAndADirectoryThatIsInUseAreRefused() {
    assertThat(run("cli", home.resolve("x")).said()).contains("There is no service 'cli'.");
    assertThat(run("gateway-service", Path.of("/")).said()).contains("/ is not empty.");
  }

  private Path layout(String service, String name) {
    Path directory = home.resolve(name);
    Checkout.Run run = run(service, directory);
    assertThat(run.exit()).as(run.said()).isZero();
    return directory;
  }

  private static Checkout.Run run(String service, Path directory) {
    return Checkout.run(
        Map.of(),
        List.of(
            Checkout.file("deploy/docker/layout").toString(),
            "--no-archive",
            service,
            directory.toString()));
  }

  /** The digest, time and mode of each file, by its path. */
  private static Map<String, String> files(Path root) throws IOException, GeneralSecurityException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.toList()) {
        String digest =
            Files.isDirectory(file)
                ? "directory"
                : HexFormat.of()
                    .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        files.put(
            root.relativize(file).toString(),
            digest
                + " "
                + Files.getLastModifiedTime(file)
                + " "
                + Files.getPosixFilePermissions(file));
      }
    }
    return files;
  }
}
