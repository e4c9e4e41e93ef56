package dev.gatehouse.cli.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import org.junit.jupiter.api.Test;

class UsersTest extends AgainstAnInstance {

  @Test
  void removePrintsTheKeysThatWent() {
    instance.answer(
        "DELETE /api/v1/users/auth0/alice%40example.com?owner=acme&wait=PT10S",
        200,
        """
        {"issuer":"auth0","username":"alice@example.com","removedKeys":["k1","k2"],"revision":4}""");

    Outcome outcome = gatehouse("users remove local auth0 alice@example.com --owner acme --wait");

    assertThat(outcome).isEqualTo(new Outcome(0, "k1\nk2\n", ""));
  }

  @Test
  void aUserWithoutKeysIsToldOf() {
    instance.answer(
        "DELETE /api/v1/users/auth0/bob",
        200,
        "{\"issuer\":\"auth0\",\"username\":\"bob\",\"removedKeys\":[]}");

    Outcome outcome = gatehouse("users remove local auth0 bob");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasLineCount(1).contains("no personal keys");
  }
}
