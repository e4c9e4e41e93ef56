package dev.gatehouse.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Posts forms to an identity provider, as OAuth has it (RFC 6749 §4, §5). */
final class TokenEndpoint {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /**
   * What was answered, whatever it is.
   *
   * @param asked from when on {@code expires_in} counts
   */
  record Reply(URI endpoint, int status, JsonNode body, Instant asked) {

    boolean isSuccess() {
      return status == 200;
    }

    /** RFC 6749 §5.2; empty if this is no refusal in that form. */
    String error() {
      return body.path("error").asText("");
    }

    Optional<Instant> expiresAt() {
      return Optional.of(body.path("expires_in").asLong())
          .filter(seconds -> seconds > 0)
          .map(asked::plusSeconds);
    }

    /** RFC 6749 §5.1. */
    Optional<Tokens> tokens() {
      String access = body.path("access_token").asText("");
      String refresh = body.path("refresh_token").asText("");
      return isSuccess() && !access.isEmpty()
          ? Optional.of(
              new Tokens(
                  new AccessToken(access, expiresAt(), false),
                  Optional.of(refresh).filter(text -> !text.isEmpty())))
          : Optional.empty();
    }

    Failure refused(String client, String remedy) {
      String description = body.path("error_description").asText("");
      return new Failure(
          "%s%s: %s answered %d to the client %s. %s"
              .formatted(
                  error().isEmpty() ? "not what was asked for" : error(),
                  description.isEmpty() ? "" : " (" + description + ")",
                  endpoint,
                  status,
                  client,
                  remedy));
    }
  }

  private final Http http;
  private final Clock clock;

  TokenEndpoint(Http http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  Reply post(URI endpoint, Map<String, String> form) {
    return send(
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
  }

  Reply get(URI document) {
    return send(HttpRequest.newBuilder(document));
  }

  private Reply send(HttpRequest.Builder builder) {
    Instant asked = clock.instant();
    HttpRequest request = builder.timeout(TIMEOUT).header("Accept", "application/json").build();
    HttpResponse<String> response = http.send(request, "the identity provider");
    JsonNode body = Json.parse(response.body()).orElseGet(Json::object);
    return new Reply(request.uri(), response.statusCode(), body, asked);
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
