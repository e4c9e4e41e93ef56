package dev.gatehouse.cli.login;

import dev.gatehouse.cli.instance.ClientCredentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An access token for a program (RFC 6749 §4.4). Id and secret go in the form: it is what Auth0,
 * Keycloak and mock-oauth2-server all take by default.
 */
final class ClientGrant {

  private final TokenEndpoint endpoint;

  ClientGrant(TokenEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  Tokens tokens(ClientCredentials login) {
    TokenEndpoint.Reply reply = endpoint.post(login.tokenUrl(), form(login));
    return reply
        .tokens()
        .map(tokens -> new Tokens(tokens.access(), Optional.empty()))
        .orElseThrow(
            () -> reply.refused(login.clientId(), "Check the instance's clientCredentials."));
  }

  private static Map<String, String> form(ClientCredentials login) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("client_id", login.clientId());
    fields.put("client_secret", login.clientSecret());
    login.audience().ifPresent(audience -> fields.put("audience", audience));
    login.scope().ifPresent(scope -> fields.put("scope", scope));
    return fields;
  }
}
