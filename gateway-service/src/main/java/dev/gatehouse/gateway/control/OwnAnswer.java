package dev.gatehouse.gateway.control;

import dev.gatehouse.gateway.request.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** What the gateway itself answers on the control plane, when it refuses nothing. */
final class OwnAnswer {

  private OwnAnswer() {}

  static void send(HttpServerRequest request, JsonObject json, String requestId) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    Buffer body = json.toBuffer();
    MultiMap headers = response.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
    headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    headers.set(RequestId.HEADER, requestId);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
