package dev.gatehouse.cli.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest extends AgainstAnInstance {

  private static final String ID = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
  private static final String KEY =
      """
      {"id":"%s","opstraceId":"b5c2","owner":"acme","scopes":["*:read"],"algorithm":"EC",\
      "curve":"P-256","createdAt":"2026-01-01T00:00:00Z","lastUsedAt":"2026-02-01T00:00:00Z",\
      "maxTokenLifetime":3600,"revision":7}"""
          .formatted(ID);

  @Test
  void showPrintsEachField() {
    instance.answer("GET /api/v1/keys/" + ID + "?owner=acme", 200, KEY);

    Outcome outcome = gatehouse("keys show local " + ID + " --owner acme");

    assertThat(outcome.out())
        .contains("owner: acme\n", "lastUsedAt: 2026-02-01T00:00:00Z\n", "maxTokenLifetime: 3600");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--description CI             | {'description':'CI'}",
        "--no-description             | {'description':null}",
        "--expires 2026-12-31         | {'expiresAt':'2026-12-31T00:00:00Z'}",
        "--expires 1d                 | {'expiresAt':'2026-01-02T00:00:00Z'}",
        "--no-expires                 | {'expiresAt':null}",
        "--max-token-lifetime 30d     | {'maxTokenLifetime':2592000}",
        "--no-max-token-lifetime      | {'maxTokenLifetime':null}",
        "--scope loki:read,loki:write | {'scopes':['loki:read','loki:write']}"
      })
  void setSendsOnlyWhatChanges(String options, String patch) {
    instance.answer("PATCH /api/v1/keys/" + ID + "?owner=acme&wait=PT5S", 200, KEY);
    workplace.at(Instant.parse("2026-01-01T00:00:00Z"));

    Outcome outcome = gatehouse("keys set local " + ID + " --owner acme --wait=5s " + options);

    assertThat(outcome).isEqualTo(new Outcome(0, ID + "\n", ""));
    assertSent("PATCH /api/v1/keys/" + ID + "?owner=acme&wait=PT5S", patch.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '"',
      value = {
        "                           | {}",
        "--at now                   | {}",
        "--at 1h                    | {'at':'2025-12-31T23:00:00Z'}",
        "--at 2026-01-01T01:00+01:00 | {'at':'2026-01-01T00:00:00Z'}"
      })
  void notBeforeSendsTheTimeUnlessItIsNow(String options, String body) {
    String line = "POST /api/v1/keys/" + ID + "/not-before";
    instance.answer(line, 200, KEY);
    workplace.at(Instant.parse("2026-01-01T00:00:00Z"));

    Outcome outcome =
        gatehouse("keys not-before local " + ID + (options == null ? "" : " " + options));

    assertThat(outcome).isEqualTo(new Outcome(0, ID + "\n", ""));
    assertSent(line, body.replace('\'', '"'));
  }

  @Test
  void aKeyThatBeginsWithAHyphenIsFound() {
    String id = "-" + ID.substring(1);
    instance.answer("GET /api/v1/keys/" + id, 200, KEY);

    assertThat(gatehouse("keys show local " + id + " -o json").exitCode()).isZero();
  }
}
