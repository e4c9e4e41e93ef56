package dev.gatehouse.key.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the design (§4.1, §4.4) for trust anchors. */
class AnchorRightsTest {

  @ParameterizedTest(name = "{0} with [{1}] adds a key of {2} with [{3}], wildcard {4}: {5}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          *        | keys:write *:read *:write            | *        | *:read *:write           | on  | -
          *        | keys:write *:read *:write            | *        | *:read *:write           | off | owner_refused
          *        | keys:write *:read *:write            | acme     | *:read *:write           | off | -
          acme     | keys:write *:read *:write            | *        | *:read *:write           | on  | owner_refused
          acme     | keys:write *:read *:write            | acme     | *:read *:write           | on  | -
          acme     | keys:write *:read *:write            | acme:pay | *:read *:write           | on  | -
          acme     | keys:write *:read *:write            | other    | *:read *:write           | on  | tenant_mismatch
          acme     | keys:write *:read *:write            | acme2    | *:read *:write           | on  | tenant_mismatch
          acme:pay | keys:write *:read *:write            | acme     | *:read *:write           | on  | tenant_mismatch
          acme:pay | keys:write *:read *:write            | acme:ops | *:read *:write           | on  | tenant_mismatch
          _        | keys:write *:read *:write            | acme     | *:read *:write           | on  | tenant_mismatch
          acme     | keys:read *:read *:write             | acme     | *:read *:write           | on  | scope_insufficient
          acme     | tenants:write *:read *:write         | acme     | *:read *:write           | on  | scope_insufficient
          acme     | keys:write                           | acme     | *:read                   | on  | scope_insufficient
          acme     | keys:write *:read                    | acme     | *:read *:write           | on  | scope_insufficient
          acme     | keys:write *:read                    | acme     | *:read                   | on  | -
          acme     | keys:write *:read                    | acme     | loki:read                | on  | -
          acme     | keys:write loki:read                 | acme     | loki:read                | on  | -
          acme     | keys:write loki:read                 | acme     | *:read                   | on  | scope_insufficient
          acme     | keys:write loki:read                 | acme     | cortex:read              | on  | scope_insufficient
          acme     | keys:write *:read                    | acme     | *:rules                  | on  | scope_insufficient
          acme     | keys:write *:read                    | acme     | keys:write               | on  | -
          acme     | keys:write *:read                    | acme     | keys:all                 | on  | scope_insufficient
          acme     | keys:write *:read                    | acme     | tenants:write            | on  | scope_insufficient
          """)
  void whoMayAddWhat(
      String reach,
      String callerScopes,
      String owner,
      String granted,
      String wildcard,
      String refusal) {
    AnchorUpload upload =
        new AnchorUpload(
            List.of(),
            Reach.parse(owner),
            scopes(granted),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    Throwable refused =
        catchThrowable(
            () ->
                AnchorRights.requireAddition(
                    caller(reach, callerScopes), upload, wildcard.equals("on")));

    assertThat(refused instanceof Refusal it ? it.code().code() : null).isEqualTo(refusal);
  }

  @ParameterizedTest(name = "{0} and the keys of {1}: sees {2}, may know of {3}")
  @CsvSource({
    "*, *, true, true",
    "*, acme, true, true",
    "acme, acme, true, true",
    "acme, acme:pay, true, true",
    "acme, acme:pay:eu, true, true",
    "acme, *, false, true",
    "acme, other, false, false",
    "acme, acme2, false, false",
    "acme:pay, acme, false, true",
    "acme:pay, acme:ops, false, false",
    "_, acme, false, false",
  })
  void whoseKeysAreSeen(String reach, String owner, boolean manages, boolean mayKnow) {
    Caller caller = caller(reach, "keys:read");

    assertThat(AnchorRights.sees(caller, anchor(owner))).isEqualTo(manages);
    assertThat(AnchorRights.mayKnowOf(caller, anchor(owner))).isEqualTo(mayKnow);
  }

  private static Anchor anchor(String owner) {
    Anchor anchor = new Anchor();
    anchor.owner = owner;
    return anchor;
  }

  private static Caller caller(String reach, String scopes) {
    return new Caller(
        Reach.parse(reach), Optional.empty(), scopes(scopes), Credential.API_KEY, "127.0.0.1");
  }

  private static Set<Scope> scopes(String text) {
    return Arrays.stream(text.split(" ", -1)).map(Scope::new).collect(Collectors.toSet());
  }
}
