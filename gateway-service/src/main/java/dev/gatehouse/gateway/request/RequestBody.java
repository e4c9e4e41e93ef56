package dev.gatehouse.gateway.request;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** How a request says where its body ends. */
public enum RequestBody {
  NONE,
  /** {@code Content-Length}, kept. */
  SIZED,
  /** Forwarded in chunks. */
  CHUNKED,
  /** HTTP/2 without a length: whether there is a body shows only when it comes or ends. */
  UNTOLD;

  public static RequestBody of(HttpServerRequest request, boolean expectsContinue) {
    MultiMap headers = request.headers();
    if (headers.contains(HttpHeaders.CONTENT_LENGTH)) {
      return SIZED;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      return expectsContinue ? CHUNKED : request.isEnded() ? NONE : UNTOLD;
    }
    return headers.contains(HttpHeaders.TRANSFER_ENCODING) ? CHUNKED : NONE;
  }
}
