package dev.gatehouse.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.instance.ClientCredentials;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks an identity provider for an access token with client credentials (RFC 6749 §4.4). Id and
 * secret go in the form: it is what Auth0, Keycloak and mock-oauth2-server all take by default.
 */
final class TokenEndpoint {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Http http;
  private final Clock clock;

  TokenEndpoint(Http http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  AccessToken token(ClientCredentials login) {
    Instant asked = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(login.tokenUrl())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form(login)))
            .build();
    HttpResponse<String> response = http.send(request, "the identity provider");
    JsonNode answer = Json.parse(response.body()).orElseGet(Json::object);
    String token = answer.path("access_token").asText("");
    if (response.statusCode() != 200 || token.isEmpty()) {
      throw refused(login, response.statusCode(), answer);
    }
    Optional<Instant> expiresAt =
        Optional.of(answer.path("expires_in").asLong())
            .filter(seconds -> seconds > 0)
            .map(asked::plusSeconds);
    return new AccessToken(token, expiresAt, false);
  }

  private static String form(ClientCredentials login) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("client_id", login.clientId());
    fields.put("client_secret", login.clientSecret());
    login.audience().ifPresent(audience -> fields.put("audience", audience));
    login.scope().ifPresent(scope -> fields.put("scope", scope));
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** RFC 6749 §5.2. */
  private static Failure refused(ClientCredentials login, int status, JsonNode answer) {
    String error = answer.path("error").asText("no access token in the answer");
    String description = answer.path("error_description").asText("");
    return new Failure(
        "%s%s: %s answered %d to the client %s. Check the instance's clientCredentials."
            .formatted(
                error,
                description.isEmpty() ? "" : " (" + description + ")",
                login.tokenUrl(),
                status,
                login.clientId()));
  }
}
