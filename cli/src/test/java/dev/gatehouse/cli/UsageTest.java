package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "                                                   | Missing required subcommand",
        "tenants                                            | Missing required subcommand",
        "tenant                                             | tenant",
        "tenants add local                                  | TENANT",
        "tenants add local Acme                             | 'Acme': A segment of a tenant name",
        "tenants add l acme                                 | 'l': An instance has 2 to 23",
        "tenants add local acme --wait=61s                  | one waits for 0s to 60s",
        "tenants add local acme --wait=soon                 | a time is a number and ms, s, m, h or d",
        "tenants add local acme --org-id a/b                | An organisation id",
        "tenants list local -o yaml                         | yaml",
        "ta-create-token local _ x.pem                      | never for _",
        "ta-create-token local * x.pem                      | '*': A segment of a tenant name",
        "ta-create-token local acme x.pem --lifetime 0s     | 1s to 3660d",
        "ta-create-token local acme x.pem --lifetime 3661d  | 1s to 3660d",
        "ta-create-token local acme x.pem --scope all       | 'all': A scope is",
        "ta-create-keypair                                  | FILE",
        "ta-create-keypair x.pem --type dsa                 | dsa",
        "ta-pubkeys-add local x.pem --owner _               | the tenant _ owns nothing",
        "instances add local localhost:8080                 | a URL starts with http",
        "instances add local http://h --token-url http://h  | --client-id",
        "instances add local http://h --login device        | --issuer and --client-id",
        "instances add l2 http://h --login device --client-id c --token-url http://h | --issuer goes",
        "instances add local http://h --issuer http://h      | --issuer goes with --login device",
        "instances add local http://h --login password      | client-credentials or device",
        "tenants set local acme                             | nothing to change",
        "tenants set local acme --display-name a --no-display-name | exclude each other",
        "tenants set local acme --limit body-bytes=0        | a limit is NAME=NUMBER",
        "tenants set local acme --limit body-bytes          | a limit is NAME=NUMBER",
        "tenants set local acme --limit bodies=1            | the limits are requests-per-second",
        "tenants set local acme --limit body-bytes=1 --no-limit body-bytes | same limit",
        "keys set local KEY_ID --description x              | a key id has 43 characters",
        "keys not-before local b5c2bd8b1ae3ee4d0e9ba4ab4f4f7a8a2f9c3d11 --at soon | a point in time",
        "issuers add local auth0 https://h                  | at least one --audience",
        "issuers show local Auth0                           | 1 to 40 characters of a-z",
        "issuers set local auth0                            | nothing to change",
        "revoke local                                       | Say which tokens",
        "revoke local --jti a                               | whose token it is",
        "revoke local --jti a --issuer i --key b5c2bd8b1ae3ee4d0e9ba4ab4f4f7a8a2f9c3d11 | not of both",
        "revoke local --jti a --subject b --issuer i        | Say which tokens",
        "revoke local --issuer i                            | Say which tokens",
        "revoke local --tenant acme --issuer i              | go with --jti and --subject only",
        "revoke local --subject a --issuer i --not-before now | --not-before goes with",
        "revoke local --token-hash abc                      | 64 digits of lower-case hex",
        "revocations show local 1                           | an id is a UUID",
        "audit verify                                       | either an INSTANCE or a --file",
        "audit verify local --file x                        | either an INSTANCE or a --file",
        "audit prune local --service all --file x           | all",
        "explain local GET /x --token-file t                | a URL with a host",
        "explain local GET http://h/x --token-file t -H nothing | a header is 'NAME: VALUE'",
        "feeds accept local issuers                         | issuers",
        "users remove local auth0 *                         | A username",
        "login local --no-such-option                       | --no-such-option"
      })
  void wrongUsageExitsWith2AndOneLine(String line, String message) {
    String[] arguments = line == null ? new String[0] : line.split(" +");

    Outcome outcome = new Workplace(home).run(arguments);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .hasLineCount(1)
        .startsWith("gatehouse: ")
        .contains(message)
        .endsWith("--help.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "tenants --help", "tenants add --help", "ta-create-token -h"})
  void helpIsOnStandardOutput(String line) {
    Outcome outcome = new Workplace(home).run(line.split(" "));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Usage: gatehouse");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(new Workplace(home).run("--help").out())
        .contains(
            "ta-create-keypair",
            "ta-create-token",
            "ta-pubkeys-add",
            "ta-pubkeys-list",
            "ta-pubkeys-remove",
            "keys",
            "tenants",
            "issuers",
            "revoke",
            "revocations",
            "users",
            "audit",
            "explain",
            "gateways",
            "feeds",
            "export",
            "import",
            "instances",
            "login",
            "completion");
  }

  @Test
  void completionKnowsEveryCommandAndOption() {
    Outcome outcome = new Workplace(home).run("completion");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("ta-pubkeys-remove", "suspend", "--insecure-permissions", "--wait")
        .contains("--no-limit", "not-before", "refresh", "--token-file", "revocations", "prune")
        .contains("explain", "accept", "--dry-run", "users", "--login");
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(new Workplace(home).run("--version").out()).hasLineCount(1).startsWith("gatehouse ");
  }
}
