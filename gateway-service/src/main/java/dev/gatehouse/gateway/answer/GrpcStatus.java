package dev.gatehouse.gateway.answer;

import dev.gatehouse.common.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/**
 * The canonical codes that our refusals become ({@code google/rpc/code.proto}). A code that we give
 * replaces what a client would make of the HTTP status ({@code http-grpc-status-mapping.md} of gRPC
 * is for answers without one), and it alone decides whether an OTLP sender keeps its data: of these
 * it tries {@link #UNAVAILABLE} again, and {@link #RESOURCE_EXHAUSTED} only with a {@code
 * RetryInfo}, which we send with the former alone.
 */
enum GrpcStatus {
  INVALID_ARGUMENT(3),
  NOT_FOUND(5),
  PERMISSION_DENIED(7),
  RESOURCE_EXHAUSTED(8),
  FAILED_PRECONDITION(9),
  UNIMPLEMENTED(12),
  UNAVAILABLE(14),
  UNAUTHENTICATED(16);

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final int number;

  GrpcStatus(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static GrpcStatus of(ErrorCode code) {
    return switch (code) {
      // There is no such service or method here; what a tenant lacks inside one is "not found".
      case API_UNKNOWN, OPERATION_UNKNOWN, ROUTE_UNKNOWN, METHOD_NOT_ALLOWED, HOST_UNKNOWN ->
          UNIMPLEMENTED;
      default -> ofHttp(code.status());
    };
  }

  private static GrpcStatus ofHttp(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> NOT_FOUND;
      case 409, 412 -> FAILED_PRECONDITION;
      // As gRPC itself says of messages and metadata that are too large.
      case 413, 414, 431 -> RESOURCE_EXHAUSTED;
      // Ours, the backend's, or over in a moment: nobody shall drop data for it.
      case 429, 500, 502, 503, 504 -> UNAVAILABLE;
      // Never INTERNAL, which says that the server is at fault.
      default -> INVALID_ARGUMENT;
    };
  }

  /** The value of {@code grpc-message}: UTF-8, percent-encoded outside of printable ASCII. */
  static String percentEncoded(String message) {
    StringBuilder encoded = new StringBuilder(message.length() + 16);
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
      }
    }
    return encoded.toString();
  }
}
