package dev.gatehouse.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainTest extends AgainstAnInstance {

  private static final String TOKEN = "aGVhZGVy.cGF5bG9hZA.c2ln";
  private static final String EXPLAIN = "POST /api/v1/explain";

  private String command;

  @BeforeEach
  void token() {
    workplace.withFile("token.jwt", TOKEN + "\n");
    command =
        "explain local get http://loki.acme.localhost:8080/api/v1/labels?x=1 --token-file "
            + workplace.file("token.jwt");
  }

  @Test
  void theStepsArePrintedOneALine() {
    instance.answer(
        EXPLAIN,
        200,
        """
        {"decision":"refused","code":"tenant_mismatch","steps":[\
        {"step":"authentication","outcome":"passed","detail":"signed by Nzb"},\
        {"step":"tenant","outcome":"failed","detail":"the token is for other"}]}""");

    Outcome outcome = workplace.run((command + " -H X-Tenant-ID:acme -H A:1 -H A:2").split(" "));

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                0,
                """
                authentication: passed: signed by Nzb
                tenant: failed: the token is for other
                refused with tenant_mismatch
                """,
                ""));
    assertSent(
        EXPLAIN,
        """
        {"token":"%s","method":"GET","url":"http://loki.acme.localhost:8080/api/v1/labels?x=1",\
        "headers":{"X-Tenant-ID":["acme"],"A":["1","2"]}}"""
            .formatted(TOKEN));
  }

  @Test
  void aRefusalDoesNotShowTheToken() {
    instance.refuse(EXPLAIN, 403, "not_allowed", "The token is not of your subtree");

    Outcome outcome = gatehouse(command);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .startsWith("gatehouse: not_allowed: The token is not of your subtree.")
        .doesNotContain(TOKEN.split("\\."));
  }
}
