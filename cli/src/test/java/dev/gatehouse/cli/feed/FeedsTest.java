package dev.gatehouse.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.FakeInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedsTest extends AgainstAnInstance {

  private static final String FEEDS =
      """
      {"gateway":"gw-1","feeds":[
        {"feed":"tenants","state":"following","epoch":"e1","revision":4,"age":0,"head":4},
        {"feed":"keys","state":"other_history","epoch":"e2","revision":9,"age":70,
         "other":{"epoch":"e2","revision":7,"hash":"abcd",
           "comesBack":[{"kind":"anchor","id":"5f8d","name":"Nzb"}],"goesAway":[],
           "comesBackTotal":3,"goesAwayTotal":0}}]}""";

  private static final String LIST =
      """
      gatehouse: 3 of keys would come back:
      gatehouse:   anchor Nzb (5f8d)
      gatehouse:   and 2 more.
      gatehouse: 0 of keys would go away.
      """;

  private static final String ACCEPT = "POST /api/v1/feeds/keys/accept";

  @BeforeEach
  void answer() {
    instance
        .answer("GET /api/v1/feeds", 200, FEEDS)
        .answer(ACCEPT, 200, "{\"feed\":\"keys\",\"epoch\":\"e3\",\"revision\":7}");
  }

  @Test
  void listSaysHowEachFeedIs() {
    assertThat(gatehouse("feeds list local").out())
        .isEqualTo("tenants: following\nkeys: other_history\n");
    assertThat(gatehouse("feeds list local -o wide").out()).contains("REVISION", "other_history");
    assertThat(gatehouse("feeds list local -o json").out()).contains("\"comesBackTotal\" : 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "Yes", " YES "})
  void acceptListsAsksAndAcceptsWhatWasListed(String answer) {
    workplace.withPerson(answer);

    Outcome outcome = gatehouse("feeds accept local keys");

    assertThat(outcome).isEqualTo(new Outcome(0, "keys\n", LIST));
    assertThat(instance.calls())
        .extracting(FakeInstance.Call::line, FakeInstance.Call::body)
        .contains(tuple(ACCEPT, "{\"hash\":\"abcd\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "", "perhaps"})
  void anythingButYesChangesNothing(String answer) {
    workplace.withPerson(answer);

    Outcome outcome = gatehouse("feeds accept local keys");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith(LIST).contains("Nothing was changed");
    assertThat(instance.calls()).hasSize(1);
  }

  @Test
  void withoutAnybodyToAskYesIsNeeded() {
    Outcome silent = gatehouse("feeds accept local keys");
    Outcome meant = gatehouse("feeds accept local keys --yes");

    assertThat(silent.exitCode()).isEqualTo(1);
    assertThat(silent.err()).startsWith(LIST).contains("pass --yes");
    assertThat(meant).isEqualTo(new Outcome(0, "keys\n", LIST));
  }

  @Test
  void aFeedThatIsFollowedHasNothingToAccept() {
    Outcome outcome = gatehouse("feeds accept local tenants --yes");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("(following)", "nothing to accept");
    assertThat(instance.calls()).hasSize(1);
  }
}
