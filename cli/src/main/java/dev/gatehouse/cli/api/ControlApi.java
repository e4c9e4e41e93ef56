package dev.gatehouse.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.instance.KnownInstance;
import dev.gatehouse.cli.login.AccessToken;
import dev.gatehouse.cli.login.AccessTokens;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Pause;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The control plane of one instance (design §6). */
public final class ControlApi {

  /** Beside the time that a receipt may take. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  /** How often a call is repeated that an instance has no time for. */
  private static final int MAX_REPEATS = 5;

  /** The longest pause before that, whatever the instance asks for, in seconds. */
  private static final long MAX_PAUSE = 30;

  private final KnownInstance instance;
  private final AccessTokens tokens;
  private final Http http;

  ControlApi(KnownInstance instance, AccessTokens tokens, Http http) {
    this.instance = instance;
    this.tokens = tokens;
    this.http = http;
  }

  public Answer get(Resource resource) {
    return call("GET", resource, Optional.empty());
  }

  /** Without a body. */
  public Answer post(Resource resource) {
    return call("POST", resource, Optional.empty());
  }

  public Answer post(Resource resource, JsonNode body) {
    return call("POST", resource, Optional.of(body));
  }

  /**
   * For calls that come to the same when they are made twice: as long as the instance answers 503,
   * waits as {@code Retry-After} says and makes it again, a bounded number of times.
   */
  public Answer postPatiently(Resource resource, JsonNode body, Pause pause) {
    HttpResponse<String> response = exchange("POST", resource, Optional.of(body));
    for (int repeats = 0;
        response.statusCode() == UNAVAILABLE && repeats < MAX_REPEATS;
        repeats++) {
      pause.last(retryAfter(response));
      response = exchange("POST", resource, Optional.of(body));
    }
    return answer(response);
  }

  public Answer patch(Resource resource, JsonNode body) {
    return call("PATCH", resource, Optional.of(body));
  }

  public Answer delete(Resource resource) {
    return call("DELETE", resource, Optional.empty());
  }

  /** The members of a list, from all its pages. */
  public List<JsonNode> list(Resource resource, String member) {
    List<JsonNode> all = new ArrayList<>();
    each(resource, member, all::add);
    return all;
  }

  /**
   * Hands out the members of a list, page by page, until the taker wants no more.
   *
   * @return whether there are more
   */
  public boolean each(Resource resource, String member, Predicate<JsonNode> taker) {
    Optional<String> cursor = Optional.empty();
    do {
      JsonNode page = get(resource.with("cursor", cursor)).body();
      Optional<String> next =
          Optional.of(page.path("next").asText("")).filter(text -> !text.isEmpty());
      for (Iterator<JsonNode> members = page.path(member).elements(); members.hasNext(); ) {
        if (!taker.test(members.next())) {
          return members.hasNext() || next.isPresent();
        }
      }
      if (next.isPresent() && next.equals(cursor)) {
        throw new Failure("The instance %s sends the same page again.".formatted(instance.name()));
      }
      cursor = next;
    } while (cursor.isPresent());
    return false;
  }

  /**
   * A remembered token may have been revoked, or its identity provider may have new keys; so a 401
   * is believed only when a new token meets it too. A refused call changed nothing: to repeat it is
   * safe.
   */
  private HttpResponse<String> exchange(String method, Resource resource, Optional<JsonNode> body) {
    AccessToken token = tokens.current(instance);
    HttpResponse<String> response = send(method, resource, body, token);
    if (response.statusCode() == UNAUTHORIZED && token.isRemembered()) {
      response = send(method, resource, body, tokens.renew(instance));
    }
    return response;
  }

  private Answer call(String method, Resource resource, Optional<JsonNode> body) {
    return answer(exchange(method, resource, body));
  }

  /** RFC 9110 §10.2.3, in seconds; a date, which Gatehouse never sends, counts as one. */
  private static Duration retryAfter(HttpResponse<String> response) {
    long seconds =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("\\d{1,9}"))
            .map(Long::parseLong)
            .orElse(1L);
    return Duration.ofSeconds(Math.max(1, Math.min(seconds, MAX_PAUSE)));
  }

  private HttpResponse<String> send(
      String method, Resource resource, Optional<JsonNode> body, AccessToken token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(resource.at(instance.url()))
            .timeout(TIMEOUT.plus(resource.waiting()))
            .header("Authorization", "Bearer " + token.value())
            .header("Accept", "application/json, application/problem+json")
            .method(
                method,
                body.map(json -> HttpRequest.BodyPublishers.ofString(Json.compact(json)))
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    if (body.isPresent()) {
      request.header("Content-Type", "application/json");
    }
    return http.send(request.build(), "the instance " + instance.name());
  }

  private Answer answer(HttpResponse<String> response) {
    Optional<JsonNode> body = Json.parse(response.body()).filter(JsonNode::isObject);
    if (response.statusCode() / 100 != 2) {
      throw body.filter(json -> json.hasNonNull("code"))
          .map(problem -> refused(response.statusCode(), problem))
          .orElseGet(() -> foreign(response));
    }
    return response.statusCode() == NO_CONTENT
        ? new Answer(NO_CONTENT, Json.object())
        : new Answer(response.statusCode(), body.orElseThrow(() -> foreign(response)));
  }

  /** RFC 9457, with the members of design §5.3. */
  private Failure refused(int status, JsonNode problem) {
    String code = problem.path("code").asText();
    String requestId = problem.path("requestId").asText("");
    String detail = problem.path("detail").asText(problem.path("title").asText());
    return new Failure(
        "%s: %s%s%s"
            .formatted(
                code,
                detail.endsWith(".") ? detail : detail + ".",
                status >= 500 && !requestId.isEmpty() ? " Request id " + requestId + "." : "",
                Remedy.of(code, status, instance.name(), tokens.isGiven())));
  }

  private Failure foreign(HttpResponse<String> response) {
    return new Failure(
        "%s answered %d, but not as Gatehouse does. Check the URL of the instance %s."
            .formatted(instance.url(), response.statusCode(), instance.name()));
  }
}
