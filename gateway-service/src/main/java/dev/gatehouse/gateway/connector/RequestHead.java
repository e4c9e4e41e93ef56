package dev.gatehouse.gateway.connector;

import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestFields;
import io.vertx.core.http.HttpMethod;

/**
 * What stands before the body of a request.
 *
 * @param uri path and query
 * @param fields all but those about the server's name and the body's framing; a {@code
 *     Content-Length} is among them where the body is {@link RequestBody#SIZED}
 * @param body how it says where its body ends; never {@link RequestBody#UNTOLD}
 */
public record RequestHead(HttpMethod method, String uri, RequestFields fields, RequestBody body) {}
