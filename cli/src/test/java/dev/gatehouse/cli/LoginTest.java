package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoginTest extends AgainstAnInstance {

  private static final String LIST = "GET /api/v1/tenants";
  private static final String NOTHING = "{\"tenants\":[]}";

  @Test
  void loginSendsTheClientCredentialsAndKeepsTheTokenPrivate() throws IOException {
    Outcome outcome = workplace.run("login", "local");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasLineCount(1).contains("logged in to local");
    assertThat(instance.tokenCalls().get(0).body())
        .isEqualTo(
            "grant_type=client_credentials&client_id=operator&client_secret=s3cret-of-operator"
                + "&audience=gatehouse-local");
    assertThat(cachedTokens()).hasSize(1);
    assertThat(workplace.mode(cachedTokens().get(0))).isEqualTo("rw-------");
  }

  @Test
  void aTokenIsUsedUntilItExpires() {
    instance.answer(LIST, 200, NOTHING);

    workplace.run("tenants", "list", "local");
    workplace.run("tenants", "list", "local");

    assertThat(instance.tokenCalls()).hasSize(1);
    assertThat(instance.calls())
        .extracting(FakeInstance.Call::authorization)
        .containsExactly("Bearer token-1", "Bearer token-1");
  }

  @Test
  void aTokenThatIsAboutToExpireIsRenewed() {
    instance
        .answer("POST /default/token", 200, "{\"access_token\":\"short\",\"expires_in\":20}")
        .answer("POST /default/token", 200, "{\"access_token\":\"long\",\"expires_in\":3600}")
        .answer(LIST, 200, NOTHING);

    workplace.run("tenants", "list", "local");
    workplace.run("tenants", "list", "local");

    assertThat(instance.calls())
        .extracting(FakeInstance.Call::authorization)
        .containsExactly("Bearer short", "Bearer long");
  }

  @Test
  void aRememberedTokenThatIsRefusedIsRenewedOnce() {
    workplace.run("login", "local");
    instance
        .refuse(LIST, 401, "signature_invalid", "The signature does not match")
        .answer(LIST, 200, NOTHING);

    Outcome outcome = workplace.run("tenants", "list", "local");

    assertThat(outcome.exitCode()).isZero();
    assertThat(instance.calls())
        .extracting(FakeInstance.Call::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void aNewTokenThatIsRefusedIsTheEnd() {
    instance.refuse(LIST, 401, "audience_mismatch", "The token is not for this instance");

    Outcome outcome = workplace.run("tenants", "list", "local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains("audience_mismatch: The token is not for this instance. Check");
    assertThat(instance.calls()).hasSize(1);
  }

  @Test
  void aTokenOfTheEnvironmentWins() {
    workplace.run("login", "local");
    instance.answer(LIST, 200, NOTHING);

    workplace.with("GATEHOUSE_ACCESS_TOKEN", "from-outside").run("tenants", "list", "local");

    assertThat(instance.calls())
        .extracting(FakeInstance.Call::authorization)
        .containsExactly("Bearer from-outside");
    assertThat(instance.tokenCalls()).hasSize(1);
  }

  @Test
  void aTokenOfTheEnvironmentThatIsRefusedIsNotReplaced() {
    instance.refuse(LIST, 401, "token_expired", "The token has expired");

    Outcome outcome =
        workplace.with("GATEHOUSE_ACCESS_TOKEN", "old").run("tenants", "list", "local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("Renew GATEHOUSE_ACCESS_TOKEN");
    assertThat(instance.tokenCalls()).isEmpty();
  }

  @Test
  void aCachedTokenThatOthersCouldReadIsNotUsed() throws IOException {
    workplace.run("login", "local");
    instance.answer(LIST, 200, NOTHING);
    Path cached = cachedTokens().get(0);
    Files.setPosixFilePermissions(cached, PosixFilePermissions.fromString("rw-r--r--"));

    workplace.run("tenants", "list", "local");

    assertThat(instance.tokenCalls()).hasSize(2);
    assertThat(workplace.mode(cached)).isEqualTo("rw-------");
  }

  @Test
  void aDamagedCacheCostsOneMoreRequest() throws IOException {
    workplace.run("login", "local");
    instance.answer(LIST, 200, NOTHING);
    Files.writeString(cachedTokens().get(0), "{\"acc");

    Outcome outcome = workplace.run("tenants", "list", "local");

    assertThat(outcome.exitCode()).isZero();
    assertThat(instance.tokenCalls()).hasSize(2);
  }

  @Test
  void refusedCredentialsAreToldWithoutTheSecret() {
    instance.answer(
        "POST /default/token",
        401,
        "{\"error\":\"invalid_client\",\"error_description\":\"no such client\"}");

    Outcome outcome = workplace.run("login", "local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains("invalid_client (no such client)", "operator")
        .doesNotContain("s3cret");
  }

  private List<Path> cachedTokens() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(".cache/gatehouse/tokens"))) {
      return files.toList();
    }
  }
}
