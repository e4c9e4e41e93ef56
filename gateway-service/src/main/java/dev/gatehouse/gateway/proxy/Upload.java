package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.connector.HttpStream;
import dev.gatehouse.gateway.limit.Ticket;
import dev.gatehouse.gateway.request.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way to the upstream, read only as fast as that takes it. */
final class Upload {

  /** RFC 9110 §10.1.1: an upstream that says nothing to {@code Expect} may be sent the body. */
  private static final long SILENCE_IS_CONSENT = TimeUnit.SECONDS.toNanos(1);

  private final HttpServerRequest request;
  private final boolean expectsContinue;
  private final Ticket ticket;
  private final Watch watch;
  private final Runnable tooLarge;

  private RequestBody body;
  private @Nullable Buffer firstChunk;
  private @Nullable HttpStream waiting;
  private long lastProgress;
  private boolean untouched = true;
  private boolean held;
  private boolean complete;
  private boolean stopped;

  /**
   * @param ticket counts what comes, and says when it is too much
   * @param tooLarge is called then, once; nothing more is sent
   */
  Upload(
      HttpServerRequest request,
      boolean expectsContinue,
      Ticket ticket,
      Watch watch,
      Runnable tooLarge) {
    this.request = request;
    this.watch = watch;
    this.expectsContinue = expectsContinue;
    this.ticket = ticket;
    this.tooLarge = tooLarge;
    this.body = RequestBody.of(request, expectsContinue);
  }

  /** Calls back when it is known whether there is a body; mostly at once. */
  void prepare(Runnable known) {
    if (body != RequestBody.UNTOLD) {
      known.run();
      return;
    }
    request.handler(
        chunk -> {
          request.pause();
          body = RequestBody.CHUNKED;
          if (isLetThrough(chunk)) {
            firstChunk = chunk;
            known.run();
          }
        });
    request.endHandler(
        end -> {
          if (body == RequestBody.UNTOLD) {
            body = RequestBody.NONE;
            known.run();
          }
        });
    request.resume();
  }

  RequestBody body() {
    return body;
  }

  /** Whether some of it is gone from where it could be read again. */
  boolean isTouched() {
    return body != RequestBody.NONE && !untouched;
  }

  /** Whether the upstream has all of it. */
  boolean isComplete() {
    return complete;
  }

  /** Of {@link System#nanoTime()}; when something was sent last. */
  long lastProgress() {
    return lastProgress;
  }

  /** Whether the upstream has to do something before there can be progress. */
  boolean waitsForUpstream(HttpStream to) {
    return complete || waiting != null || to.isFull();
  }

  /** The head has been sent; sends what follows it. */
  void begin(HttpStream to) {
    progressed();
    if (body == RequestBody.NONE) {
      complete = true;
    } else if (expectsContinue) {
      waiting = to;
    } else {
      send(to);
    }
  }

  /** The upstream has answered without asking for the body; it may still take what comes. */
  void isAnswered() {
    waiting = null;
  }

  /** Nothing more is sent, whatever still comes. */
  void stop() {
    stopped = true;
    waiting = null;
  }

  void look(long now) {
    if (waiting != null && now - lastProgress > SILENCE_IS_CONSENT) {
      proceed();
    }
  }

  /** The upstream wants the body; only now the client is told to send it. */
  void proceed() {
    HttpStream to = waiting;
    if (to != null) {
      waiting = null;
      request.response().writeContinue();
      send(to);
    }
  }

  private void send(HttpStream to) {
    untouched = false;
    if (firstChunk != null) {
      to.write(firstChunk);
    }
    request.handler(chunk -> send(to, chunk));
    request.endHandler(end -> end(to));
    request.resume();
  }

  private void send(HttpStream to, Buffer chunk) {
    if (stopped || !isLetThrough(chunk)) {
      return;
    }
    progressed();
    to.write(chunk);
    if (to.isFull()) {
      request.pause();
      held = true;
    }
  }

  private boolean isLetThrough(Buffer chunk) {
    if (ticket.received(chunk.length())) {
      return true;
    }
    stop();
    tooLarge.run();
    return false;
  }

  /** The upstream has room again. */
  void resume() {
    if (held) {
      held = false;
      progressed();
      request.resume();
    }
  }

  private void progressed() {
    lastProgress = watch.nextLook();
  }

  private void end(HttpStream to) {
    if (!stopped) {
      complete = true;
      progressed();
      to.end();
    }
  }
}
