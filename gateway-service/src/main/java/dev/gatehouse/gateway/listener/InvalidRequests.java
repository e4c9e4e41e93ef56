package dev.gatehouse.gateway.listener;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Problem;
import dev.gatehouse.gateway.request.RequestId;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Answers what is no HTTP, or too long, as any other refusal. The connection ends with it: where
 * the next request would begin is unknown.
 */
final class InvalidRequests implements Handler<HttpServerRequest> {

  private final Consumer<ErrorCode> counted;

  InvalidRequests(Consumer<ErrorCode> counted) {
    this.counted = counted;
  }

  @Override
  public void handle(HttpServerRequest request) {
    ErrorCode code = code(request.decoderResult().cause());
    byte[] problem = problem(code, detail(code));
    HttpServerResponse response = request.response().setStatusCode(code.status());
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(problem.length))
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    response.end(Buffer.buffer(problem));
    counted.accept(code);
  }

  /** For a body that turns out not to be HTTP behind a good head. */
  static FullHttpResponse brokenBody() {
    ErrorCode code = ErrorCode.REQUEST_MALFORMED;
    byte[] problem = problem(code, "The body of the request is not well-formed");
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(code.status()),
            Unpooled.wrappedBuffer(problem));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, problem.length)
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }

  private static byte[] problem(ErrorCode code, String detail) {
    String json = new Problem(code, detail, RequestId.next()).toJson() + "\n";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static ErrorCode code(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return ErrorCode.TARGET_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? ErrorCode.HEADERS_TOO_LARGE
        : ErrorCode.REQUEST_MALFORMED;
  }

  private static String detail(ErrorCode code) {
    return switch (code) {
      case TARGET_TOO_LONG -> "The request line is longer than 32 KiB";
      case HEADERS_TOO_LARGE -> "The headers are larger than 32 KiB together";
      default -> "The request is not well-formed";
    };
  }
}
