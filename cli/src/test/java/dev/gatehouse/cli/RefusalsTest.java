package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see when the control plane refuses: the code, why, and what to do next. */
class RefusalsTest extends AgainstAnInstance {

  private static final String KEY = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
  private static final String ID = "0b0e7d0c-5a42-4c3c-9b55-0d6f2f6f8b11";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tenants set local acme --limit open-streams=1 | PATCH /api/v1/tenants/acme"
            + " | 403 | not_allowed | identity",
        "tenants set local acme --no-display-name | PATCH /api/v1/tenants/acme"
            + " | 404 | tenant_unknown | gatehouse tenants list local",
        "tenants add local acme | POST /api/v1/tenants | 403 | quota_exceeded | raise the quota",
        "tenants add local acme | POST /api/v1/tenants | 429 | limit_exceeded | Try again",
        "keys show local KEY | GET /api/v1/keys/KEY | 409 | key_ambiguous | --owner",
        "keys set local KEY --no-expires | PATCH /api/v1/keys/KEY"
            + " | 404 | key_not_found | gatehouse ta-pubkeys-list local -o wide",
        "keys not-before local KEY --at 2026-01-01 | POST /api/v1/keys/KEY/not-before"
            + " | 400 | field_invalid | Because of this.",
        "issuers add local a https://x --audience b | POST /api/v1/issuers"
            + " | 400 | issuer_url_refused | https and public",
        "issuers add local a https://x --audience b | POST /api/v1/issuers"
            + " | 409 | issuer_exists | gatehouse issuers set",
        "issuers add local a https://x --audience b | POST /api/v1/issuers"
            + " | 409 | issuer_ambiguous | audiences of its own",
        "issuers show local a | GET /api/v1/issuers/a"
            + " | 404 | issuer_not_found | gatehouse issuers list local",
        "issuers set local a --no-scope | PATCH /api/v1/issuers/a"
            + " | 409 | issuer_configured | in the configuration of the instance",
        "issuers remove local a | DELETE /api/v1/issuers/a | 409 | issuer_ambiguous | --owner",
        "issuers refresh local a | POST /api/v1/issuers/a/refresh"
            + " | 502 | issuer_unreachable | gatehouse issuers show local",
        "revoke local --tenant acme | POST /api/v1/revocations"
            + " | 403 | tenant_mismatch | identity",
        "revoke local --key KEY --not-before now | POST /api/v1/keys/KEY/not-before"
            + " | 403 | scope_insufficient | identity",
        "revocations show local ID | GET /api/v1/revocations/ID"
            + " | 404 | revocation_not_found | gatehouse revocations list local",
        "revocations remove local ID | DELETE /api/v1/revocations/ID"
            + " | 403 | not_allowed | identity",
        "users remove local a bob | DELETE /api/v1/users/a/bob"
            + " | 403 | scope_insufficient | identity",
        "audit list local | GET /api/v1/audit?order=desc&limit=100"
            + " | 403 | scope_insufficient | identity",
        "audit export local | GET /api/v1/audit?order=asc&limit=500"
            + " | 503 | service_unavailable | Try again",
        "audit verify local | GET /api/v1/audit/verify | 403 | not_allowed | identity",
        "gateways list local | GET /api/v1/gateways | 403 | not_allowed | identity",
        "gateways remove local g1 | DELETE /api/v1/gateways/g1"
            + " | 404 | gateway_not_found | gatehouse gateways list local",
        "feeds list local | GET /api/v1/feeds | 403 | not_allowed | identity",
        "export local | GET /api/v1/registry/tenants?limit=500 | 403 | not_allowed | identity"
      })
  void aRefusalIsOneLineAndExitsWith1(
      String command, String request, int status, String code, String remedy) {
    instance.refuse(filled(request), status, code, "Because of this");

    Outcome outcome = gatehouse(filled(command));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .startsWith("gatehouse: " + code + ": Because of this.")
        .contains(remedy)
        .doesNotContain("token-1", "s3cret");
  }

  @Test
  void anAcceptanceOfAnotherHistoryThanTheListedOneIsRefused() {
    instance
        .answer(
            "GET /api/v1/feeds",
            200,
            "{\"feeds\":[{\"feed\":\"keys\",\"state\":\"other_history\",\"other\":{\"hash\":\"a\"}}]}")
        .refuse("POST /api/v1/feeds/keys/accept", 409, "feed_history_differs", "It has moved on");

    Outcome outcome = gatehouse("feeds accept local keys --yes");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "gatehouse: feed_history_differs: It has moved on. See gatehouse feeds list local.");
  }

  private static String filled(String text) {
    return text.replace("KEY", KEY).replace("ID", ID);
  }
}
