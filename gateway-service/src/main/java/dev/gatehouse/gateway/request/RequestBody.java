package dev.gatehouse.gateway.request;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
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

  private static final String GRPC = "application/grpc";

  /** Whether it is a call of gRPC itself; gRPC-Web is HTTP like any other. */
  public static boolean isGrpc(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      return false;
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.regionMatches(true, 0, GRPC, 0, GRPC.length())
        && (type.length() == GRPC.length() || "+; \t".indexOf(type.charAt(GRPC.length())) >= 0);
  }

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

  /** What {@code Content-Length} says; -1 when it says nothing. */
  public static long length(HttpServerRequest request) {
    String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      // More digits than any body has bytes; the server lets nothing else through.
      return Long.MAX_VALUE;
    }
  }
}
