package dev.gatehouse.tenant.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.testing.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateSecretTest {

  private static final String[] NAMES = {"gatehouse", "gatehouse-auth"};

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aSecretIsCreatedWithAKeyThatTheServicesTake() throws Exception {
    try (FakeApiServer server = new FakeApiServer(201, directory)) {
      assertThat(run(server, NAMES)).isZero();

      FakeApiServer.Call call = server.calls().get(0);
      assertThat(call.line()).isEqualTo("POST /api/v1/namespaces/gatehouse/secrets");
      assertThat(call.authorization()).isEqualTo("Bearer " + FakeApiServer.TOKEN);
      JsonNode secret = JsonMapper.builder().build().readTree(call.body());
      assertThat(secret.at("/apiVersion").asText()).isEqualTo("v1");
      assertThat(secret.at("/kind").asText()).isEqualTo("Secret");
      assertThat(secret.at("/metadata/name").asText()).isEqualTo("gatehouse-auth");
      String value = secret.at("/stringData/AUTH_API_KEY").asText();
      assertThat(Base64.getUrlDecoder().decode(value)).hasSizeGreaterThanOrEqualTo(32);
      assertThat(new AuthApiKey(value, Optional.empty()).accepts(value)).isTrue();
      assertThat(said()).isEqualTo("Secret gatehouse/gatehouse-auth is created\n");
    }
  }

  @Test
  void noTwoValuesAreAlike() throws Exception {
    try (FakeApiServer server = new FakeApiServer(201, directory)) {
      run(server, NAMES);
      run(server, NAMES);

      assertThat(server.calls()).extracting(this::value).doesNotHaveDuplicates().hasSize(2);
    }
  }

  @Test
  void aSecretThatIsThereIsLeftAlone() throws Exception {
    try (FakeApiServer server = new FakeApiServer(409, directory)) {
      assertThat(run(server, NAMES)).isZero();

      assertThat(server.calls()).hasSize(1);
      assertThat(said())
          .isEqualTo("Secret gatehouse/gatehouse-auth is there already, and stays as it is\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, does not accept the token of the service account (401)",
    "403, may not create Secrets in namespace gatehouse (403). Bind it to a Role",
    "404, there is no namespace gatehouse (404)",
    "500, answers 500",
    "302, answers 302",
  })
  void aRefusalIsSaidInOneLineThatHoldsNeitherValueNorToken(int status, String sentence)
      throws Exception {
    try (FakeApiServer server = new FakeApiServer(status, directory)) {
      assertThat(run(server, NAMES)).isEqualTo(1);

      assertThat(said())
          .hasLineCount(1)
          .startsWith("The Secret was not created: ")
          .contains(sentence)
          .doesNotContain(value(server.calls().get(0)))
          .doesNotContain(FakeApiServer.TOKEN);
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    try (FakeApiServer server = new FakeApiServer(201, directory)) {
      Path mount = server.mount(directory);
      int nowhere = ServiceProcess.freePort();
      Map<String, String> environment =
          Map.of(
              "KUBERNETES_SERVICE_HOST",
              "127.0.0.1",
              "KUBERNETES_SERVICE_PORT",
              Integer.toString(nowhere));

      assertThat(run(environment, mount, NAMES)).isEqualTo(1);

      assertThat(said())
          .hasLineCount(1)
          .contains("the API server at https://127.0.0.1:" + nowhere + " is not reached: ");
    }
  }

  @Test
  void aServerWithACertificateOfAnotherCaGetsNothing() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (FakeApiServer server = new FakeApiServer(201, directory);
        FakeApiServer impostor = new FakeApiServer(201, other)) {
      assertThat(run(impostor.environment(), server.mount(directory), NAMES)).isEqualTo(1);

      assertThat(impostor.calls()).isEmpty();
      assertThat(said()).hasLineCount(1).contains("is not reached: ");
    }
  }

  @Test
  void aPodWithoutAServiceAccountIsTold() throws Exception {
    try (FakeApiServer server = new FakeApiServer(201, directory)) {
      Path nothing = directory.resolve("nothing");

      assertThat(run(server.environment(), nothing, NAMES)).isEqualTo(1);
      assertThat(said())
          .hasLineCount(1)
          .contains("no service account is mounted at " + nothing)
          .contains("automountServiceAccountToken: true");
    }
  }

  @Test
  void aCertificateThatIsNoneIsTold() throws Exception {
    try (FakeApiServer server = new FakeApiServer(201, directory)) {
      Path mount = server.mount(directory);
      Files.writeString(mount.resolve("ca.crt"), "not a certificate");

      assertThat(run(server.environment(), mount, NAMES)).isEqualTo(1);
      assertThat(said()).hasLineCount(1).contains("cannot be used");
    }
  }

  @Test
  void outsideOfAClusterItSaysSo() {
    assertThat(run(Map.of(), directory, NAMES)).isEqualTo(1);
    assertThat(said()).hasLineCount(1).contains("KUBERNETES_SERVICE_HOST is not set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gatehouse",
        "gatehouse auth more",
        "../kube-system auth",
        "gatehouse a\"b",
        "a/b c"
      })
  void whatIsNoNameIsWrongUsage(String arguments) {
    assertThat(run(Map.of(), directory, arguments.split(" "))).isEqualTo(2);
    assertThat(said()).isEqualTo("Usage: CreateSecret NAMESPACE NAME\n");
  }

  private int run(FakeApiServer server, String... arguments) throws Exception {
    return run(server.environment(), server.mount(directory), arguments);
  }

  private int run(Map<String, String> environment, Path mount, String... arguments) {
    return CreateSecret.run(
        arguments,
        environment,
        mount,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return (out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
        .replace("\r", "");
  }

  private String value(FakeApiServer.Call call) {
    return call.body().replaceAll("(?s).*\"AUTH_API_KEY\":\"([^\"]*)\".*", "$1");
  }
}
