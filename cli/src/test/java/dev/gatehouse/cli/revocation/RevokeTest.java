package dev.gatehouse.cli.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.FakeInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevokeTest extends AgainstAnInstance {

  private static final String KEY = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
  private static final String HASH = "ab".repeat(32);
  private static final String ID = "0b0e7d0c-5a42-4c3c-9b55-0d6f2f6f8b11";
  private static final String REVOCATION =
      """
      {"id":"%s","owner":"acme","type":"jti","value":"j","issuer":"https://x","createdAt":\
      "2026-01-01T00:00:00Z","vanishesAt":"2026-02-01T00:00:00Z","revision":3}"""
          .formatted(ID);

  /** Nothing of it may be seen anywhere. */
  private static final String TOKEN =
      part("{\"alg\":\"ES256\"}") + "." + part("{\"exp\":1767225600}") + ".c2lnbmF0dXJl";

  /** {@code printf %s HEADER.PAYLOAD | sha256sum}. */
  private static final String TOKEN_HASH =
      "62e633f09e2e8a5c6bd282ec4587c6363718dabe12fbf4d7d261898b43a787c7";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--jti j --issuer https://x    | {'jti':'j','issuer':'https://x'}",
        "--jti j --key KEY             | {'jti':'j','key':'KEY'}",
        "--subject s --issuer auth0    | {'subject':'s','issuer':'auth0'}",
        "--subject s --key KEY         | {'subject':'s','key':'KEY'}",
        "--token-hash HASH             | {'tokenHash':'HASH'}",
        "--tenant acme:pay             | {'tenant':'acme:pay'}",
        "--tenant acme --not-before now | {'tenant':'acme'}",
        "--tenant acme --not-before 1h | {'tenant':'acme','notBefore':'2025-12-31T23:00:00Z'}",
        "--issuer i --not-before now   | {'issuer':'i','notBefore':'2026-01-01T00:00:00Z'}",
        "--jti j --issuer i --owner * --expires 1d --reason lost"
            + " | {'jti':'j','issuer':'i','owner':'*','expiresAt':'2026-01-02T00:00:00Z','reason':'lost'}"
      })
  void eachFormSendsWhatItNames(String options, String body) {
    instance.answer("POST /api/v1/revocations?wait=PT10S", 201, REVOCATION);
    workplace.at(Instant.parse("2026-01-01T00:00:00Z"));

    Outcome outcome = gatehouse("revoke local --wait " + filled(options));

    assertThat(outcome).isEqualTo(new Outcome(0, ID + "\n", ""));
    assertSent("POST /api/v1/revocations?wait=PT10S", filled(body).replace('\'', '"'));
  }

  @Test
  void theOlderTokensOfAKeyAreForTheKeyToRefuse() {
    String line = "POST /api/v1/keys/" + KEY + "/not-before?owner=acme&wait=PT10S";
    instance.answer(line, 200, "{\"id\":\"" + KEY + "\",\"owner\":\"acme\"}");
    workplace.at(Instant.parse("2026-01-01T00:00:00Z"));

    Outcome outcome =
        gatehouse("revoke local --key " + KEY + " --not-before 2025-12-01 --owner acme --wait");

    assertThat(outcome).isEqualTo(new Outcome(0, KEY + "\n", ""));
    assertSent(line, "{\"at\":\"2025-12-01T00:00:00Z\"}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofATokenOnlyItsHashAndItsEndAreSent(boolean piped) {
    instance.answer("POST /api/v1/revocations", 201, REVOCATION);
    String file = workplace.withFile("token.jwt", TOKEN + "\n").file("token.jwt").toString();

    Outcome outcome =
        piped
            ? workplace.runWithInput(TOKEN, "revoke", "local", "--token-file", "-")
            : gatehouse("revoke local --token-file " + file);

    assertThat(outcome).isEqualTo(new Outcome(0, ID + "\n", ""));
    assertSent(
        "POST /api/v1/revocations",
        "{\"tokenHash\":\"%s\",\"expiresAt\":\"2026-01-01T00:00:00Z\"}".formatted(TOKEN_HASH));
  }

  @Test
  void aTokenThatIsRefusedIsNotShown() {
    instance.refuse("POST /api/v1/revocations", 403, "tenant_mismatch", "Not yours");
    workplace.withFile("token.jwt", TOKEN);

    Outcome outcome = gatehouse("revoke local --token-file " + workplace.file("token.jwt"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasLineCount(1).startsWith("gatehouse: tenant_mismatch: Not yours.");
    assertNothingOfTheTokenIn(outcome.err() + instance.calls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a.b.", ".b.c", "a..c", "a.b.c.d e", "Bearer a.b.c", "ä.b.c"})
  void whatIsNotATokenIsToldWithoutShowingIt(String content) {
    workplace.withFile("token.jwt", content);

    Outcome outcome = gatehouse("revoke local --token-file " + workplace.file("token.jwt"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .endsWith(
            "token.jwt does not hold a token alone: three parts of base64url, joined by dots.\n");
    assertThat(instance.calls()).isEmpty();
  }

  @Test
  void listFiltersAndShowsWhenEachVanishes() {
    instance.answer(
        "GET /api/v1/revocations?owner=acme&type=token_hash",
        200,
        "{\"revocations\":[" + REVOCATION + "]}");

    String line = "revocations list local --owner acme --type token_hash";

    assertThat(gatehouse(line).out()).isEqualTo(ID + "\n");
    assertThat(gatehouse(line + " -o wide").out())
        .contains("VANISHES-AT", "2026-02-01T00:00:00Z", "https://x");
  }

  @Test
  void showAndRemoveNameOne() {
    instance
        .answer("GET /api/v1/revocations/" + ID, 200, REVOCATION)
        .answer("DELETE /api/v1/revocations/" + ID + "?wait=PT10S", 200, REVOCATION);

    assertThat(gatehouse("revocations show local " + ID).out()).contains("type: jti\n");
    assertThat(gatehouse("revocations remove local " + ID + " --wait"))
        .isEqualTo(new Outcome(0, ID + "\n", ""));
    assertThat(instance.calls())
        .extracting(FakeInstance.Call::line)
        .containsExactly(
            "GET /api/v1/revocations/" + ID, "DELETE /api/v1/revocations/" + ID + "?wait=PT10S");
  }

  private static String filled(String text) {
    return text.replace("KEY", KEY).replace("HASH", HASH);
  }

  private static void assertNothingOfTheTokenIn(String text) {
    assertThat(text).doesNotContain(TOKEN.split("\\."));
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
