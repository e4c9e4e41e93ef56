package dev.gatehouse.cli.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.FakeInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceLoginTest extends AgainstAnInstance {

  private static final String DISCOVERY = "GET /default/realm/.well-known/openid-configuration";
  private static final String DEVICE = "POST /default/device";
  private static final String TOKEN = "POST /default/tokens";
  private static final String LIST = "GET /api/v1/tenants";
  private static final String LIMITED =
      "{\"access_token\":\"acc-%d\",\"refresh_token\":\"ref-%d\",\"expires_in\":300}";

  @BeforeEach
  void provider() {
    workplace.withConfig(
        """
        instances:
          local:
            url: %s
            device:
              issuer: %s/default/realm
              clientId: gatehouse-cli
              audience: gatehouse-local
        """
            .formatted(instance.url(), instance.url()));
    instance
        .answer(DISCOVERY, 200, discovery("/default/device"))
        .answer(DEVICE, 200, code(3))
        .answer(LIST, 200, "{\"tenants\":[]}");
    workplace.at(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void loginShowsTheCodeAndWaitsForThePerson() {
    instance
        .answer(TOKEN, 400, error("authorization_pending"))
        .answer(TOKEN, 200, LIMITED.formatted(1, 1));

    Outcome outcome = gatehouse("login local");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                0,
                "",
                """
                gatehouse: open https://idp.example.com/device and enter the code WDJB-MJHT.
                gatehouse: or open https://idp.example.com/device?c=WDJB-MJHT, and see that it shows this code.
                gatehouse: logged in to local, until 2026-01-01T00:05:06Z.
                """));
    assertThat(instance.tokenCalls())
        .extracting(FakeInstance.Call::body)
        .containsExactly(
            "",
            "client_id=gatehouse-cli&scope=openid+offline_access&audience=gatehouse-local",
            poll(),
            poll());
    assertThat(workplace.pauses()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
  }

  @Test
  void aProviderThatIsInAHurryIsAskedLessOften() {
    instance
        .answer(TOKEN, 400, error("slow_down"))
        .answer(TOKEN, 400, error("slow_down"))
        .answer(TOKEN, 400, error("authorization_pending"))
        .answer(TOKEN, 200, LIMITED.formatted(1, 1));

    assertThat(gatehouse("login local").exitCode()).isZero();
    assertThat(workplace.pauses())
        .extracting(Duration::toSeconds)
        .containsExactly(3L, 8L, 13L, 13L);
  }

  @Test
  void aProviderInTroubleIsAskedAgainLater() {
    instance.answer(TOKEN, 503, "").answer(TOKEN, 200, LIMITED.formatted(1, 1));

    assertThat(gatehouse("login local").exitCode()).isZero();
    assertThat(workplace.pauses()).extracting(Duration::toSeconds).containsExactly(3L, 6L);
  }

  @Test
  void withoutAnIntervalItIsFiveSeconds() {
    instance
        .answer(TOKEN, 200, LIMITED.formatted(1, 1))
        .replace(DEVICE, 200, code(3).replace("\"interval\":3,", ""));

    gatehouse("login local");

    assertThat(workplace.pauses()).containsExactly(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, access_denied: the login was refused",
    "expired_token, expired_token: nobody entered the code in time",
    "invalid_client, invalid_client (because): "
  })
  void aRefusalIsTheEnd(String error, String message) {
    instance.answer(TOKEN, 400, error(error));

    Outcome outcome = gatehouse("login local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().skip(2))
        .singleElement()
        .asString()
        .startsWith("gatehouse: " + message)
        .doesNotContain("dev-c0de");
  }

  @Test
  void nobodyIsWaitedForLongerThanTheCodeIsGood() {
    instance.answer(TOKEN, 400, error("authorization_pending"));

    Outcome outcome = gatehouse("login local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("expired_token: nobody entered the code in time");
    Duration waited = workplace.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
  }

  @Test
  void theTokenIsUsedUntilItIsOverAndThenRefreshedWithoutAnybody() throws IOException {
    IntStream.rangeClosed(1, 3).forEach(i -> instance.answer(TOKEN, 200, LIMITED.formatted(i, i)));
    gatehouse("login local");

    gatehouse("tenants list local");
    workplace.at(Instant.parse("2026-01-01T00:10:00Z"));
    gatehouse("tenants list local");
    workplace.at(Instant.parse("2026-01-01T00:20:00Z"));
    Outcome last = gatehouse("tenants list local");

    assertThat(last).isEqualTo(new Outcome(0, "", ""));
    assertThat(instance.calls())
        .extracting(FakeInstance.Call::authorization)
        .containsExactly("Bearer acc-1", "Bearer acc-2", "Bearer acc-3");
    assertThat(instance.tokenCalls())
        .extracting(FakeInstance.Call::body)
        .contains(refresh("ref-1"), refresh("ref-2"));
    assertThat(cached())
        .singleElement()
        .satisfies(file -> assertThat(workplace.mode(file)).isEqualTo("rw-------"))
        .satisfies(file -> assertThat(Files.readString(file)).contains("ref-3"));
  }

  @Test
  void aRefreshTokenThatIsNotReplacedStays() throws IOException {
    instance
        .answer(TOKEN, 200, LIMITED.formatted(1, 1))
        .answer(TOKEN, 200, "{\"access_token\":\"acc-2\",\"expires_in\":300}");
    gatehouse("login local");

    workplace.at(Instant.parse("2026-01-01T00:10:00Z"));
    gatehouse("tenants list local");

    assertThat(Files.readString(cached().get(0))).contains("acc-2", "ref-1");
  }

  @Test
  void aTokenThatIsRefusedIsRefreshedOnce() {
    instance
        .answer(TOKEN, 200, LIMITED.formatted(1, 1))
        .answer(TOKEN, 200, LIMITED.formatted(2, 2));
    gatehouse("login local");
    instance
        .replace(LIST, 401, "{\"code\":\"token_revoked\",\"detail\":\"It was revoked\"}")
        .answer(LIST, 200, "{\"tenants\":[]}");

    assertThat(gatehouse("tenants list local").exitCode()).isZero();
    assertThat(instance.calls())
        .extracting(FakeInstance.Call::authorization)
        .containsExactly("Bearer acc-1", "Bearer acc-2");
  }

  @Test
  void whoIsLoggedInNoLongerIsToldToLogIn() {
    instance.answer(TOKEN, 200, LIMITED.formatted(1, 1)).answer(TOKEN, 400, error("invalid_grant"));
    Outcome before = gatehouse("tenants list local");
    gatehouse("login local");
    workplace.at(Instant.parse("2026-01-01T00:10:00Z"));

    Outcome after = gatehouse("tenants list local");

    assertThat(List.of(before, after))
        .allSatisfy(
            outcome -> {
              assertThat(outcome.exitCode()).isEqualTo(1);
              assertThat(outcome.err())
                  .isEqualTo(
                      "gatehouse: Nobody is logged in to local any more: run gatehouse login local.\n");
            });
    assertThat(instance.calls()).isEmpty();
  }

  @Test
  void aProviderWithoutDeviceCodesIsNamed() {
    instance.replace(DISCOVERY, 200, discovery("").replace("device_authorization_endpoint", "x"));

    Outcome outcome = gatehouse("login local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("has no device_authorization_endpoint");
  }

  @Test
  void aDocumentOfAnotherIssuerIsNotBelieved() {
    instance.replace(DISCOVERY, 200, "{\"issuer\":\"https://evil.example.com\"}");

    Outcome outcome = gatehouse("login local");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("not as the issuer");
    assertThat(instance.tokenCalls()).hasSize(1);
  }

  @Test
  void aForgottenInstanceLeavesNoTokens() throws IOException {
    instance.answer(TOKEN, 200, LIMITED.formatted(1, 1));
    gatehouse("login local");

    gatehouse("instances remove local");

    assertThat(cached()).isEmpty();
  }

  @Test
  void anInstanceIsAddedWithADeviceLogin() throws IOException {
    gatehouse(
        "instances add prod https://console.example.com --login device --issuer"
            + " https://idp.example.com/ --client-id cli --scope openid");

    assertThat(Files.readString(workplace.configFile()))
        .endsWith(
            """
              prod:
                url: https://console.example.com
                device:
                  issuer: https://idp.example.com/
                  clientId: cli
                  scope: openid
            """);
    assertThat(gatehouse("instances list -o wide").out()).contains("device");
  }

  private String discovery(String device) {
    return """
        {"issuer":"%1$s/default/realm","device_authorization_endpoint":"%1$s%2$s",\
        "token_endpoint":"%1$s/default/tokens"}"""
        .formatted(instance.url(), device);
  }

  private static String code(int interval) {
    return """
        {"device_code":"dev-c0de","user_code":"WDJB-MJHT","interval":%d,"expires_in":60,\
        "verification_uri":"https://idp.example.com/device",\
        "verification_uri_complete":"https://idp.example.com/device?c=WDJB-MJHT"}"""
        .formatted(interval);
  }

  private static String error(String code) {
    return "{\"error\":\"%s\",\"error_description\":\"because\"}".formatted(code);
  }

  private static String poll() {
    return "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
        + "&device_code=dev-c0de&client_id=gatehouse-cli";
  }

  private static String refresh(String token) {
    return "grant_type=refresh_token&refresh_token=" + token + "&client_id=gatehouse-cli";
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(".cache/gatehouse/tokens"))) {
      return files.toList();
    }
  }
}
