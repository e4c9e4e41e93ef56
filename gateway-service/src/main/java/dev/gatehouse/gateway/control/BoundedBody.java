package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.TooLarge;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** A body of the control plane: small enough to be held in memory, or refused. */
final class BoundedBody {

  static final int MAX_BYTES = 1024 * 1024;

  private BoundedBody() {}

  /** Fails with {@link TooLarge}, or when the client goes away. */
  static Future<Buffer> read(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && (length.length() > 9 || Long.parseLong(length) > MAX_BYTES)) {
      return Future.failedFuture(tooLarge());
    }
    if (request.isEnded()) {
      return Future.succeededFuture(Buffer.buffer());
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(whole::tryFail);
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BYTES) {
            request.pause();
            whole.tryFail(tooLarge());
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(end -> whole.tryComplete(body));
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.resume();
    return whole.future();
  }

  private static TooLarge tooLarge() {
    return new TooLarge(ErrorCode.BODY_TOO_LARGE, "A body here has at most 1 MiB");
  }
}
