package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.answer.Answers;
import dev.gatehouse.gateway.request.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jboss.logging.Logger;

/** A service's answer on its way to the client, without a trace of where the service lives. */
final class ServiceAnswer {

  private static final Logger LOG = Logger.getLogger(ServiceAnswer.class);
  private static final long INTERNAL_ERROR = 2;
  private static final String PUBLIC_PATH = "/api/v1/";

  private static final List<String> PASSED_ON =
      List.of("Content-Type", "Content-Length", "ETag", "Retry-After", "Allow");

  private final HttpServerRequest request;
  private final Service service;
  private final String requestId;

  ServiceAnswer(HttpServerRequest request, Service service, String requestId) {
    this.request = request;
    this.service = service;
    this.requestId = requestId;
  }

  void relay(HttpClientResponse answer) {
    if (answer.statusCode() == 401) {
      // The client's token was accepted; it is our own key that the service does not know.
      LOG.errorf(
          "The %s refuses the API key of this gateway: give both the same AUTH_API_KEY", service);
      answer.exceptionHandler(reset -> {});
      answer.request().reset();
      Answers.refuse(
          request,
          ErrorCode.SERVICE_UNAVAILABLE,
          "The " + service + " does not answer at this moment",
          requestId);
      return;
    }
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.statusCode());
    copyHeaders(answer.headers(), response.headers());
    if (request.method().equals(HttpMethod.HEAD) || !mayHaveBody(answer.statusCode())) {
      answer.end().onComplete(end -> response.end());
      return;
    }
    if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.setChunked(true);
    }
    answer
        .pipe()
        .endOnFailure(false)
        .to(response)
        .onFailure(broken -> response.reset(INTERNAL_ERROR));
  }

  private void copyHeaders(MultiMap from, MultiMap to) {
    for (String name : PASSED_ON) {
      String value = from.get(name);
      if (value != null) {
        to.set(name, value);
      }
    }
    String location = from.get(HttpHeaders.LOCATION);
    String path = location == null ? "" : publicPath(location);
    if (!path.isEmpty()) {
      to.set(HttpHeaders.LOCATION, path);
    }
    to.set(HttpHeaders.CACHE_CONTROL, "no-store");
    to.set(RequestId.HEADER, requestId);
  }

  /** The path on this host (RFC 9110 §10.2.2 allows a relative reference); empty if it has none. */
  static String publicPath(String location) {
    try {
      URI uri = new URI(location);
      String path = uri.getRawPath();
      if (path == null || !path.startsWith(PUBLIC_PATH)) {
        return "";
      }
      return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static boolean mayHaveBody(int status) {
    return status != 204 && status != 304;
  }
}
