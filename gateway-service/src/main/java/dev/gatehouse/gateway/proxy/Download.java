package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.answer.UnreadBody;
import dev.gatehouse.gateway.connector.AnswerHead;
import dev.gatehouse.gateway.connector.HttpStream;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;

/** The answer of an upstream on its way to the client, read only as fast as that takes it. */
final class Download {

  private static final String GRPC_STATUS = "grpc-status";

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final HttpStream from;
  private final AnswerHead answer;
  private final Watch watch;

  private long length = -1;
  private boolean endsAtItsHead;
  private boolean clientIsFull;
  private boolean stopped;
  private long lastProgress;

  Download(HttpServerRequest request, HttpStream from, AnswerHead answer, Watch watch) {
    this.request = request;
    this.response = request.response();
    this.from = from;
    this.answer = answer;
    this.watch = watch;
    this.lastProgress = watch.nextLook();
  }

  int status() {
    return answer.status();
  }

  /**
   * Passes on the head, at once if its body may be long in coming.
   *
   * @param uploaded whether the upstream has all of the request
   * @throws IllegalArgumentException when there is something in it that HTTP does not allow
   */
  void begin(boolean setCookie, boolean uploaded) {
    response.setStatusCode(answer.status());
    ResponseHeaders.copy(answer.headers(), response.headers(), setCookie);
    String told = answer.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (told != null) {
      length = Long.parseLong(told);
    } else if (hasBody()) {
      // An answer of gRPC that is nothing but trailers: it would be another one with an end apart.
      endsAtItsHead = mayHaveTrailers() && answer.headers().contains(GRPC_STATUS);
      response.setChunked(true);
      showHead();
    }
    if (!uploaded && request.version() != HttpVersion.HTTP_2) {
      // What is left of the body stands before the next request, if there may be a next one.
      UnreadBody.of(request);
    }
  }

  /** Without a byte of the body, where the client's version of HTTP knows such a thing. */
  void showHead() {
    if (!response.headWritten() && !endsAtItsHead && request.version() != HttpVersion.HTTP_1_0) {
      response.writeHead();
    }
  }

  private boolean hasBody() {
    return !request.method().equals(HttpMethod.HEAD)
        && answer.status() != 204
        && answer.status() != 304;
  }

  void take(Buffer chunk) {
    if (stopped) {
      return;
    }
    lastProgress = watch.nextLook();
    if (chunk.length() == length && !response.headWritten() && !mayHaveTrailers()) {
      response.end(chunk);
      return;
    }
    response.write(chunk);
    if (response.writeQueueFull()) {
      from.pause();
      clientIsFull = true;
      response.drainHandler(drained -> resume());
    }
  }

  /** Behind a body of a known length there are some on HTTP/2 only. */
  private boolean mayHaveTrailers() {
    return answer.version() == HttpVersion.HTTP_2;
  }

  private void resume() {
    clientIsFull = false;
    lastProgress = watch.nextLook();
    from.resume();
  }

  /**
   * The upstream has said all of it.
   *
   * @param uploaded whether it has all of the request
   */
  void end(MultiMap trailers, boolean uploaded) {
    UnreadBody unread = uploaded ? null : UnreadBody.of(request);
    if (!response.ended()) {
      copyTrailers(trailers);
      response.end();
    }
    if (unread != null) {
      unread.discard();
    }
    if (request.version() == HttpVersion.HTTP_1_0 && length < 0) {
      request.connection().close();
    }
  }

  private void copyTrailers(MultiMap trailers) {
    if (trailers.isEmpty() || !(response.isChunked() || request.version() == HttpVersion.HTTP_2)) {
      return;
    }
    for (Map.Entry<String, String> trailer : trailers) {
      if (ResponseHeaders.isTrailer(trailer.getKey())) {
        response.trailers().add(trailer.getKey(), trailer.getValue());
      }
    }
  }

  /** Nothing more goes to the client, whatever still comes. */
  void stop() {
    stopped = true;
  }

  /** A slow client is not the upstream's fault. */
  boolean waitsForUpstream() {
    return !clientIsFull;
  }

  /** Of {@link System#nanoTime()}; when something came last. */
  long lastProgress() {
    return lastProgress;
  }
}
