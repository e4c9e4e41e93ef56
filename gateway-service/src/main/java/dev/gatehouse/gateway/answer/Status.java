package dev.gatehouse.gateway.answer;

import dev.gatehouse.common.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * A {@code google.rpc.Status}, as OTLP and gRPC report errors. It is two fields and one detail, so
 * its bytes are written by hand rather than with a library.
 *
 * @param message for people: the stable code first, because most clients log nothing else
 * @param retryAfterSeconds when to try again; 0 where that cannot help
 */
record Status(GrpcStatus code, String message, int retryAfterSeconds) {

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  static Status of(ErrorCode code, String detail, String requestId, int retryAfterSeconds) {
    GrpcStatus status = GrpcStatus.of(code);
    return new Status(
        status,
        code.code() + ": " + detail + " (request " + requestId + ")",
        status == GrpcStatus.UNAVAILABLE ? Math.max(1, retryAfterSeconds) : 0);
  }

  /** Without the detail, which over HTTP is said by {@code Retry-After}. */
  Buffer toProtobuf() {
    return head().bytes();
  }

  /** With a {@code google.rpc.RetryInfo}, which over gRPC there is no other way to say. */
  Buffer toProtobufWithRetryInfo() {
    Protobuf delay = new Protobuf().varint(1, retryAfterSeconds);
    Protobuf retryInfo = new Protobuf().message(1, delay);
    Protobuf any = new Protobuf().string(1, RETRY_INFO).message(2, retryInfo);
    return head().message(3, any).bytes();
  }

  Buffer toJson() {
    return new JsonObject().put("code", code.number()).put("message", message).toBuffer();
  }

  private Protobuf head() {
    return new Protobuf().varint(1, code.number()).string(2, message);
  }
}
