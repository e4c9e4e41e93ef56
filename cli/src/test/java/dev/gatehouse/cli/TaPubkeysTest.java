package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaPubkeysTest extends AgainstAnInstance {

  private static final String THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
  private static final String OPSTRACE_ID = "b5c2bd8b1ae3ee4d0e9ba4ab4f4f7a8a2f9c3d11";
  private static final String ADDED = "{\"keys\":[{\"id\":\"%s\"}],\"revision\":3}";

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "ed25519"})
  void addSendsOnlyThePublicHalf(String type) throws IOException {
    String file = workplace.file("pair.pem").toString();
    String id = workplace.run("ta-create-keypair", file, "--type", type).out().strip();
    instance.answer("POST /api/v1/keys", 201, ADDED.formatted(id));

    Outcome outcome = workplace.run("ta-pubkeys-add", "local", file, "--owner", "acme");

    assertThat(outcome).isEqualTo(new Outcome(0, id + "\n", ""));
    JsonNode sent = sent();
    assertThat(sent.path("key").asText())
        .startsWith("-----BEGIN PUBLIC KEY-----\n")
        .endsWith("\n-----END PUBLIC KEY-----\n");
    assertThat(sent.path("owner").asText()).isEqualTo("acme");
    assertNoLineOfTheFileWasSent(Path.of(file));
  }

  @Test
  void addWithoutAnOwnerSendsTheWildcardAndWarns() throws IOException {
    String file = pair();
    instance.answer("POST /api/v1/keys", 201, ADDED.formatted(THUMBPRINT));

    Outcome outcome = workplace.run("ta-pubkeys-add", "local", file);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo(THUMBPRINT + "\n");
    assertThat(outcome.err()).hasLineCount(1).contains("warning", "every tenant", "--owner");
    assertThat(sent().path("owner").asText()).isEqualTo("*");
  }

  @Test
  void addSendsScopesAndDescriptionAndWaits() throws IOException {
    String file = pair();
    instance.answer("POST /api/v1/keys?wait=PT10S", 202, ADDED.formatted(THUMBPRINT));

    Outcome outcome =
        workplace.run(
            "ta-pubkeys-add",
            "local",
            file,
            "--owner=acme",
            "--wait",
            "--description",
            "of CI",
            "--scope",
            "loki:write,cortex:read",
            "--scope",
            "tenants:read");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(sent().path("description").asText()).isEqualTo("of CI");
    assertThat(sent().path("scopes").toString())
        .isEqualTo("[\"loki:write\",\"cortex:read\",\"tenants:read\"]");
  }

  @Test
  void addSendsHowLongTheKeyAndItsTokensLast() throws IOException {
    String file = pair();
    instance.answer("POST /api/v1/keys", 201, ADDED.formatted(THUMBPRINT));
    workplace.at(Instant.parse("2026-01-01T00:00:00.7Z"));

    gatehouse(
        "ta-pubkeys-add local %s --owner acme --personal --expires 90d --max-token-lifetime 12h"
            .formatted(file));

    assertThat(sent().path("personal").asBoolean()).isTrue();
    assertThat(sent().path("expiresAt").asText()).isEqualTo("2026-04-01T00:00:00Z");
    assertThat(sent().path("maxTokenLifetime").asLong()).isEqualTo(43_200);
  }

  @Test
  void listPrintsEachIdOnce() {
    instance.answer(
        "GET /api/v1/keys",
        200,
        "{\"keys\":[{\"id\":\"a\",\"owner\":\"*\"},{\"id\":\"a\",\"owner\":\"acme\"},{\"id\":\"b\"}]}");

    Outcome outcome = workplace.run("ta-pubkeys-list", "local");

    assertThat(outcome).isEqualTo(new Outcome(0, "a\nb\n", ""));
  }

  @Test
  void listIsATableIfWide() {
    instance.answer(
        "GET /api/v1/keys?owner=%2A",
        200,
        "{\"keys\":[{\"id\":\"a\",\"owner\":\"*\",\"scopes\":[\"*:read\",\"*:write\"],"
            + "\"personal\":{\"issuer\":\"u\",\"username\":\"alice\"},"
            + "\"lastUsedAt\":\"2026-01-01T00:00:00Z\"}]}");

    Outcome outcome = workplace.run("ta-pubkeys-list", "local", "--owner", "*", "-o", "wide");

    assertThat(outcome.out())
        .isEqualTo(
            """
            ID  OPSTRACE-ID  OWNER  PERSONAL                 SCOPES          ALGORITHM  CREATED-AT  LAST-USED-AT          EXPIRES-AT  DESCRIPTION
            a   -            *      issuer=u,username=alice  *:read,*:write  -          -           2026-01-01T00:00:00Z  -           -
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        THUMBPRINT,
        OPSTRACE_ID,
        "-zbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        "-oxLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        "--wait_xh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9"
      })
  void removeAcceptsEveryFormOfId(String id) {
    instance.answer("DELETE /api/v1/keys/" + id + "?wait=PT10S", 200, "{\"id\":\"" + id + "\"}");

    Outcome outcome = workplace.run("ta-pubkeys-remove", "local", id, "--wait");

    assertThat(outcome).isEqualTo(new Outcome(0, id + "\n", ""));
  }

  @Test
  void removeSaysWhoStillTrustsTheKey() {
    instance.answer(
        "DELETE /api/v1/keys/" + THUMBPRINT + "?owner=acme",
        200,
        "{\"id\":\"%s\",\"owner\":\"acme\",\"revision\":4,\"remaining\":[\"*\",\"other\"]}"
            .formatted(THUMBPRINT));

    Outcome outcome = workplace.run("ta-pubkeys-remove", "local", THUMBPRINT, "--owner", "acme");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo(THUMBPRINT + "\n");
    assertThat(outcome.err()).hasLineCount(1).contains("still trusted for *,other");
  }

  @Test
  void anIdThatCannotBeOneIsWrongUsage() {
    Outcome outcome = workplace.run("ta-pubkeys-remove", "local", "KEY_ID");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).hasLineCount(1).contains("'KEY_ID': a key id has 43 characters");
    assertThat(instance.calls()).isEmpty();
  }

  private String pair() {
    String file = workplace.file("pair.pem").toString();
    workplace.run("ta-create-keypair", file, "--type", "ec");
    return file;
  }

  private JsonNode sent() throws IOException {
    return new ObjectMapper().readTree(instance.calls().get(0).body());
  }

  private void assertNoLineOfTheFileWasSent(Path file) throws IOException {
    String everything = instance.calls().toString() + instance.tokenCalls();
    for (String line : Files.readAllLines(file)) {
      assertThat(everything).doesNotContain(line);
    }
  }
}
