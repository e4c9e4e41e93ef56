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
import java.util.concurrent.ThreadLocalRandom;

/** The gateway's own answers: refusals, as RFC 9457 problems on one line. */
public final class Answers {

  private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
  private static final String BEARER = "Bearer realm=\"gatehouse\"";
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);

  /** Seconds after which to try again, spread so that clients do not come back all at once. */
  private static final int MAX_RETRY_AFTER = 5;

  private Answers() {}

  /**
   * Refuses a request whose body nobody has read. Does nothing when the client is gone or has been
   * answered already.
   */
  public static void refuse(
      HttpServerRequest request, ErrorCode code, String detail, String requestId) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    Buffer body =
        Buffer.buffer(new Problem(code, detail, requestId).toJson()).appendByte((byte) '\n');
    MultiMap headers = response.setStatusCode(code.status()).headers();
    headers.set(HttpHeaders.CONTENT_TYPE, PROBLEM);
    headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    headers.set(RequestId.HEADER, requestId);
    challenge(headers, code);
    UnreadBody unread = UnreadBody.of(request);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
    unread.discard();
  }

  private static void challenge(MultiMap headers, ErrorCode code) {
    switch (code.status()) {
      case 401 -> headers.set(WWW_AUTHENTICATE, unauthenticated(code));
      case 403 -> headers.set(WWW_AUTHENTICATE, BEARER + ", error=\"insufficient_scope\"");
      case 503 -> headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter(code)));
      default -> {}
    }
  }

  /** RFC 6750 §3.1: without credentials the challenge says nothing more. */
  private static String unauthenticated(ErrorCode code) {
    return code == ErrorCode.AUTHORIZATION_MISSING ? BEARER : BEARER + ", error=\"invalid_token\"";
  }

  private static int retryAfter(ErrorCode code) {
    return code == ErrorCode.KEY_PENDING
        ? 1
        : ThreadLocalRandom.current().nextInt(1, MAX_RETRY_AFTER + 1);
  }
}
