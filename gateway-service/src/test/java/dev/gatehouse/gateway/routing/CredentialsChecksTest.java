package dev.gatehouse.gateway.routing;

import static dev.gatehouse.gateway.routing.ConfiguredApis.api;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsChecksTest {

  @TempDir Path directory;

  @Test
  void aUserWithAPasswordBecomesBasic() {
    assertThat(authorization("username", "gatehouse", "password", "s3cret:é"))
        .isEqualTo("Basic Z2F0ZWhvdXNlOnMzY3JldDrDqQ==");
  }

  @Test
  void aTokenBecomesBearer() {
    assertThat(authorization("bearer-token", "abc.def")).isEqualTo("Bearer abc.def");
  }

  @Test
  void eitherMayStandInAFile() throws IOException {
    String password = file("password", "s3cret\n");
    String token = file("token", "abc.def\r\n");

    assertThat(authorization("username", "gatehouse", "password-file", password))
        .isEqualTo("Basic Z2F0ZWhvdXNlOnMzY3JldA==");
    assertThat(authorization("bearer-token-file", token)).isEqualTo("Bearer abc.def");
  }

  @Test
  void theyShowThemselvesNowhere() {
    Api api = withCredentials("username", "gatehouse", "password", "s3cret");

    assertThat(api.backends().get(0).toString()).doesNotContain("s3cret", "gatehouse", "Basic");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          username=u                                | .password is not set, but username is; set password or password-file
          password=s3cret                           | .username is not set, but password is; set it too
          username=u,password=s3cret,bearer-token=t | .bearer-token is set, and username or password too; keep one of the two ways
          username=u:v,password=s3cret              | .username holds a colon
          bearer-token=s3cret two                   | .bearer-token holds a character that no token has
          bearer-token=s3crét                       | .bearer-token holds a character that no token has
          bearer-token-file=/no/such/file           | .bearer-token-file is /no/such/file, which cannot be read; check path and permissions
          bearer-token=s3cret,bearer-token-file=/x  | .bearer-token is set, and bearer-token-file too; keep one
          """)
  void wrongOnesStopTheStartWithoutBeingShown(String settings, String message) {
    assertThatThrownBy(() -> withCredentials(settings.split("[,=]", -1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("gatehouse.apis.demo.credentials" + message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr"));
  }

  @Test
  void anEmptyFileStopsTheStart() throws IOException {
    String empty = file("empty", "\n");

    assertThatThrownBy(() -> withCredentials("bearer-token-file", empty))
        .hasMessageContaining("which is empty; put the secret there");
  }

  @Test
  void theBackendGetsOursOrTheClientsToken() {
    assertThatThrownBy(
            () ->
                api(
                    "demo",
                    "catalog",
                    "any",
                    "upstream",
                    "http://x",
                    "credentials.bearer-token",
                    "t",
                    "forward-token",
                    "true"))
        .hasMessageStartingWith("gatehouse.apis.demo.forward-token is true, and credentials are");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private static String authorization(String... credentials) {
    return withCredentials(credentials)
        .backends()
        .get(0)
        .credentials()
        .orElseThrow()
        .authorization();
  }

  private static Api withCredentials(String... credentials) {
    List<String> settings = new ArrayList<>(List.of("catalog", "any", "upstream", "http://x"));
    for (int i = 0; i < credentials.length; i += 2) {
      settings.add("credentials." + credentials[i]);
      settings.add(credentials[i + 1]);
    }
    return api("demo", settings.toArray(String[]::new));
  }
}
