package dev.gatehouse.gateway.connector;

import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestFields;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * What stands before the body of a request.
 *
 * @param uri path and query
 * @param fields all but those about the server's name and the body's framing; a {@code
 *     Content-Length} is among them where the body is {@link RequestBody#SIZED}
 * @param length bytes of a body that is {@link RequestBody#SIZED}; what is sent has to have as
 *     many, or the rest would be taken for the next request
 * @param body how it says where its body ends; never {@link RequestBody#UNTOLD}
 */
public record RequestHead(
    HttpMethod method, String uri, RequestFields fields, RequestBody body, long length) {

  /** That of a client's request as it goes on. */
  public static RequestHead of(
      HttpServerRequest request, String uri, RequestFields fields, RequestBody body) {
    long length = body == RequestBody.SIZED ? RequestBody.length(request) : 0;
    return new RequestHead(request.method(), uri, fields, body, length);
  }
}
