package dev.gatehouse.gateway.answer;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Problem;
import dev.gatehouse.gateway.request.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The gateway's own answers: refusals, in the form that the client's protocol has for them. */
public final class Answers {

  private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
  private static final String BEARER = "Bearer realm=\"gatehouse\"";
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);
  private static final CharSequence PROTOBUF =
      HttpHeaders.createOptimized("application/x-protobuf");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence GRPC = HttpHeaders.createOptimized("application/grpc");
  private static final CharSequence GRPC_STATUS = HttpHeaders.createOptimized("grpc-status");
  private static final CharSequence GRPC_MESSAGE = HttpHeaders.createOptimized("grpc-message");
  private static final CharSequence GRPC_DETAILS =
      HttpHeaders.createOptimized("grpc-status-details-bin");

  /** Seconds after which to try again, spread so that clients do not come back all at once. */
  private static final int MAX_RETRY_AFTER = 5;

  private Answers() {}

  /**
   * Refuses a request whose body nobody has read. Does nothing when the client is gone or has been
   * answered already.
   */
  public static void refuse(
      HttpServerRequest request, ErrorCode code, String detail, String requestId) {
    refuse(request, code, detail, requestId, retryAfter(code));
  }

  /**
   * The same, by one who knows when to come back.
   *
   * @param retryAfterSeconds at least 1; said where trying again can help (429 and 503)
   */
  public static void refuse(
      HttpServerRequest request,
      ErrorCode code,
      String detail,
      String requestId,
      int retryAfterSeconds) {
    refuse(request, Form.of(request), code, detail, requestId, retryAfterSeconds);
  }

  /** The same, by one who knows what the client speaks. */
  public static void refuse(
      HttpServerRequest request,
      Form form,
      ErrorCode code,
      String detail,
      String requestId,
      int retryAfterSeconds) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    response.headers().set(HttpHeaders.CACHE_CONTROL, NO_STORE).set(RequestId.HEADER, requestId);
    UnreadBody unread = UnreadBody.of(request);
    switch (form) {
      case PROBLEM ->
          end(
              request,
              code,
              retryAfterSeconds,
              PROBLEM,
              line(new Problem(code, detail, requestId)));
      case OTLP_PROTOBUF ->
          end(
              request,
              code,
              retryAfterSeconds,
              PROTOBUF,
              Status.of(code, detail, requestId, retryAfterSeconds).toProtobuf());
      case OTLP_JSON ->
          end(
              request,
              code,
              retryAfterSeconds,
              JSON,
              Status.of(code, detail, requestId, retryAfterSeconds).toJson());
      case GRPC -> endGrpc(response, Status.of(code, detail, requestId, retryAfterSeconds));
    }
    unread.discard();
  }

  /** Seconds after which to try again what is refused with this code for no particular reason. */
  public static int retryAfter(ErrorCode code) {
    return code == ErrorCode.KEY_PENDING
        ? 1
        : ThreadLocalRandom.current().nextInt(1, MAX_RETRY_AFTER + 1);
  }

  private static Buffer line(Problem problem) {
    return Buffer.buffer(problem.toJson()).appendByte((byte) '\n');
  }

  private static void end(
      HttpServerRequest request,
      ErrorCode code,
      int retryAfterSeconds,
      CharSequence type,
      Buffer body) {
    HttpServerResponse response = request.response().setStatusCode(code.status());
    challenge(response.headers(), code, retryAfterSeconds);
    response
        .headers()
        .set(HttpHeaders.CONTENT_TYPE, type)
        .set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  /**
   * Trailers-Only of {@code PROTOCOL-HTTP2.md}: one block of headers that ends the stream. Its HTTP
   * status is 200 whatever happened.
   */
  private static void endGrpc(HttpServerResponse response, Status status) {
    MultiMap headers = response.setStatusCode(200).headers();
    headers.set(HttpHeaders.CONTENT_TYPE, GRPC);
    headers.set(GRPC_STATUS, Integer.toString(status.code().number()));
    headers.set(GRPC_MESSAGE, GrpcStatus.percentEncoded(status.message()));
    if (status.retryAfterSeconds() > 0) {
      headers.set(
          GRPC_DETAILS,
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(status.toProtobufWithRetryInfo().getBytes()));
    }
    response.end();
  }

  private static void challenge(MultiMap headers, ErrorCode code, int retryAfterSeconds) {
    switch (code.status()) {
      case 401 -> headers.set(WWW_AUTHENTICATE, unauthenticated(code));
      case 403 -> headers.set(WWW_AUTHENTICATE, BEARER + ", error=\"insufficient_scope\"");
      case 429, 503 ->
          headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(Math.max(1, retryAfterSeconds)));
      default -> {}
    }
  }

  /** RFC 6750 §3.1: without credentials the challenge says nothing more. */
  private static String unauthenticated(ErrorCode code) {
    return code == ErrorCode.AUTHORIZATION_MISSING ? BEARER : BEARER + ", error=\"invalid_token\"";
  }
}
