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

  private BoundedBody() {}

  /** Fails with {@link TooLarge}, or when the client goes away. */
  static Future<Buffer> read(HttpServerRequest request, Content content) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && (length.length() > 9 || Long.parseLong(length) > content.maxBytes())) {
      return Future.failedFuture(tooLarge(content));
    }
    if (request.isEnded()) {
      return Future.succeededFuture(Buffer.buffer());
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(whole::tryFail);
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > content.maxBytes()) {
            request.pause();
            whole.tryFail(tooLarge(content));
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

  private static TooLarge tooLarge(Content content) {
    return new TooLarge(ErrorCode.BODY_TOO_LARGE, "A body here has at most " + content.limit());
  }
}
