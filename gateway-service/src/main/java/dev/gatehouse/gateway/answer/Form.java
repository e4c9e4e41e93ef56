package dev.gatehouse.gateway.answer;

import dev.gatehouse.gateway.request.RequestBody;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * How a client wants to hear a refusal: in the terms of the protocol that it speaks. What the
 * request itself says decides, so that also one that is refused before anything is known of its
 * operation is understood, and the form tells nothing that the client has not said.
 */
public enum Form {
  /** An RFC 9457 problem. */
  PROBLEM,
  /** OTLP/HTTP in its binary encoding: a {@code google.rpc.Status}. */
  OTLP_PROTOBUF,
  /** OTLP/HTTP in JSON: the same message in the JSON mapping of Protocol Buffers. */
  OTLP_JSON,
  /** Trailers-Only of the gRPC protocol over HTTP/2. */
  GRPC;

  private static final String[] OTLP_PATHS = {
    "/v1/traces", "/v1/metrics", "/v1/logs", "/v1development/profiles"
  };
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  /** Of a request of whose operation nothing is known: OTLP is told by the end of its path. */
  public static Form of(HttpServerRequest request) {
    return of(request, false);
  }

  /**
   * Of a request.
   *
   * @param otlp whether its operation is known to take OTLP, whatever its path
   */
  public static Form of(HttpServerRequest request, boolean otlp) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return PROBLEM;
    }
    // Over HTTP/1 somebody translates, and needs the status of HTTP for it.
    if (request.version() == HttpVersion.HTTP_2 && RequestBody.isGrpc(request)) {
      return GRPC;
    }
    Form encoding = isOf(type, PROTOBUF) ? OTLP_PROTOBUF : isOf(type, JSON) ? OTLP_JSON : PROBLEM;
    return otlp || isOtlp(request) ? encoding : PROBLEM;
  }

  private static boolean isOtlp(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !request.method().equals(HttpMethod.POST)) {
      return false;
    }
    for (String end : OTLP_PATHS) {
      if (path.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the header names this media type, with parameters or without. */
  private static boolean isOf(String header, String type) {
    return header.regionMatches(true, 0, type, 0, type.length())
        && (header.length() == type.length() || " \t;".indexOf(header.charAt(type.length())) >= 0);
  }
}
