package dev.gatehouse.cli.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuersTest extends AgainstAnInstance {

  private static final String ISSUER =
      """
      {"id":"5f8d","name":"auth0","issuer":"https://acme.eu.auth0.com/","audiences":["a","b"],\
      "claimsNamespace":"","maySpeakFor":"acme","owner":"acme","defaultScopes":["*:read"],\
      "origin":"api","keys":[{"kid":"k1","algorithm":"RS256"}],"keysAsOf":"2026-01-01T00:00:00Z",\
      "createdAt":"2026-01-01T00:00:00Z","revision":7}""";

  @Test
  void addSendsTheIssuerToTheLastSlash() {
    instance.answer("POST /api/v1/issuers?wait=PT10S", 201, ISSUER);

    Outcome outcome =
        gatehouse(
            "issuers add local auth0 https://acme.eu.auth0.com/ --audience gatehouse-local/acme"
                + " --claims-namespace https://x/claims --may-speak-for acme:pay --owner acme"
                + " --default-scope *:read --scope *:read,tenants:read --wait");

    assertThat(outcome).isEqualTo(new Outcome(0, "auth0\n", ""));
    assertSent(
        "POST /api/v1/issuers?wait=PT10S",
        """
        {"name":"auth0","issuer":"https://acme.eu.auth0.com/","audiences":["gatehouse-local/acme"],\
        "claimsNamespace":"https://x/claims","maySpeakFor":"acme:pay","owner":"acme",\
        "defaultScopes":["*:read"],"scopes":["*:read","tenants:read"]}""");
  }

  @Test
  void whatIsNotSaidIsLeftToTheInstance() {
    instance.answer("POST /api/v1/issuers", 201, ISSUER);

    gatehouse("issuers add local auth0 https://x --audience a --audience b");

    assertSent(
        "POST /api/v1/issuers",
        "{\"name\":\"auth0\",\"issuer\":\"https://x\",\"audiences\":[\"a\",\"b\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--audience c --audience d | {'audiences':['c','d']}",
        "--claims-namespace n      | {'claimsNamespace':'n'}",
        "--no-claims-namespace     | {'claimsNamespace':null}",
        "--may-speak-for acme:pay  | {'maySpeakFor':'acme:pay'}",
        "--no-may-speak-for        | {'maySpeakFor':null}",
        "--default-scope *:read    | {'defaultScopes':['*:read']}",
        "--no-default-scope        | {'defaultScopes':null}",
        "--scope *:write           | {'scopes':['*:write']}",
        "--no-scope                | {'scopes':null}"
      })
  void setSendsOnlyWhatChanges(String options, String patch) {
    instance.answer("PATCH /api/v1/issuers/auth0?owner=acme", 200, ISSUER);

    Outcome outcome = gatehouse("issuers set local auth0 --owner acme " + options);

    assertThat(outcome).isEqualTo(new Outcome(0, "auth0\n", ""));
    assertSent("PATCH /api/v1/issuers/auth0?owner=acme", patch.replace('\'', '"'));
  }

  @Test
  void listShowsWhichProvidersAreInTrouble() {
    instance.answer(
        "GET /api/v1/issuers?owner=acme",
        200,
        "{\"issuers\":["
            + ISSUER.replace("\"revision\"", "\"lastError\":\"timeout\",\"x\"")
            + "]}");

    assertThat(gatehouse("issuers list local --owner acme").out()).isEqualTo("auth0\n");
    assertThat(gatehouse("issuers list local --owner acme -o wide").out())
        .isEqualTo(
            """
            NAME   OWNER  ISSUER                      AUDIENCES  MAY-SPEAK-FOR  ORIGIN  KEYS-AS-OF            LAST-ERROR
            auth0  acme   https://acme.eu.auth0.com/  a,b        acme           api     2026-01-01T00:00:00Z  timeout
            """);
  }

  @Test
  void showNamesTheKeys() throws IOException {
    instance.answer("GET /api/v1/issuers/auth0", 200, ISSUER);

    assertThat(gatehouse("issuers show local auth0").out())
        .contains("keys: kid=k1,algorithm=RS256\n");
    assertThat(json(gatehouse("issuers show local auth0 -o json")).at("/keys/0/kid").asText())
        .isEqualTo("k1");
  }

  @Test
  void refreshSendsNothingButTheWish() {
    instance.answer("POST /api/v1/issuers/auth0/refresh", 200, ISSUER);

    Outcome outcome = gatehouse("issuers refresh local auth0");

    assertThat(outcome).isEqualTo(new Outcome(0, "auth0\n", ""));
    assertSent("POST /api/v1/issuers/auth0/refresh", "");
  }

  @Test
  void removePrintsTheNameAndWaits() {
    instance.answer(
        "DELETE /api/v1/issuers/auth0?owner=acme&wait=PT10S",
        202,
        "{\"name\":\"auth0\",\"missing\":[\"gateway-a\"]}");

    Outcome outcome = gatehouse("issuers remove local auth0 --owner acme --wait");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).isEqualTo("auth0\n");
    assertThat(outcome.err()).hasLineCount(1).contains("gateway-a");
  }
}
