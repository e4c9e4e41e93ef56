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
        "ta-pubkeys-add local x.pem --owner _               | the tenant _ owns no keys",
        "instances add local localhost:8080                 | a URL starts with http",
        "instances add local http://h --token-url http://h  | --client-id",
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
            "tenants",
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
        .contains("ta-pubkeys-remove", "suspend", "--insecure-permissions", "--wait");
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(new Workplace(home).run("--version").out()).hasLineCount(1).startsWith("gatehouse ");
  }
}
