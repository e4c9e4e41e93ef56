package dev.gatehouse.gateway.connector;

import dev.gatehouse.gateway.request.RequestBody;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/** A request and its answer on an HTTP/2 connection of Vert.x. */
final class Http2Stream implements HttpStream {

  /** RFC 9113 §7. */
  private static final long CANCEL = 8;

  private final HttpClientRequest request;
  private @Nullable HttpClientResponse answer;
  private boolean over;

  Http2Stream(HttpClientRequest request) {
    this.request = request;
  }

  @Override
  public void send(RequestHead head, Handler handler) {
    request.setMethod(head.method()).setURI(head.uri());
    head.fields().forEach(request.headers()::add);
    request.exceptionHandler(failure -> fail(handler, failure));
    request.response().onComplete(got -> answered(handler, got));
    request.continueHandler(agreed -> handler.agreed());
    request.earlyHintsHandler(
        hints -> {
          if (!over) {
            handler.hinted(hints);
          }
        });
    if (head.body() == RequestBody.NONE) {
      var unused = request.end();
    } else {
      request.setChunked(head.body() == RequestBody.CHUNKED);
      request.drainHandler(drained -> drained(handler));
      var unused = request.sendHead();
    }
  }

  @Override
  public void write(Buffer chunk) {
    var unused = request.write(chunk);
  }

  @Override
  public void end() {
    var unused = request.end();
  }

  @Override
  public boolean isFull() {
    return request.writeQueueFull();
  }

  @Override
  public void pause() {
    if (answer != null) {
      answer.pause();
    }
  }

  @Override
  public void resume() {
    if (answer != null) {
      answer.resume();
    }
  }

  @Override
  public void cancel() {
    over = true;
    request.reset(CANCEL);
  }

  private void answered(Handler handler, AsyncResult<HttpClientResponse> got) {
    if (over) {
      return;
    }
    if (got.failed()) {
      fail(handler, got.cause());
      return;
    }
    HttpClientResponse response = got.result();
    answer = response;
    response.exceptionHandler(failure -> fail(handler, failure));
    response.handler(
        chunk -> {
          if (!over) {
            handler.received(chunk);
          }
        });
    response.endHandler(
        end -> {
          if (!over) {
            over = true;
            handler.ended(response.trailers());
          }
        });
    handler.answered(new AnswerHead(response.statusCode(), response.version(), response.headers()));
  }

  private void drained(Handler handler) {
    if (!over) {
      handler.drained();
    }
  }

  private void fail(Handler handler, Throwable cause) {
    if (!over) {
      over = true;
      handler.failed(cause);
    }
  }
}
