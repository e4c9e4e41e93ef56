package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.answer.UnreadBody;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.upstream.Upstream;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to the upstream and the answer on its way back. Nothing is kept but what
 * the slower side has not taken yet, and neither side is read while the other is full. Whoever
 * breaks off, the other side learns it: an answer cut short never looks complete. Confined to the
 * event loop of the client's connection.
 */
final class Forwarding extends Watch.Watched {

  private static final Logger LOG = Logger.getLogger(Forwarding.class);

  /** Error codes of RFC 9113 §7; on HTTP/1 either closes the connection. */
  private static final long CANCEL = 8;

  private static final long INTERNAL_ERROR = 2;

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Passage passage;
  private final Loops.Loop loop;
  private final UpstreamCall call;

  private final Upload upload;

  private @Nullable HttpClientRequest upstream;
  private @Nullable HttpClientResponse answer;
  private long lastProgress = System.nanoTime();
  private long answerLength = -1;
  private boolean clientIsFull;
  private boolean retried;
  private boolean done;

  Forwarding(Exchange exchange, Passage passage, Loops.Loop loop, UpstreamCall call) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.response = exchange.response();
    this.passage = passage;
    this.loop = loop;
    this.call = call;
    this.upload = new Upload(request, exchange.headers().expectsContinue());
  }

  /** The request must be paused. */
  void start() {
    request.exceptionHandler(gone -> abort());
    response.exceptionHandler(gone -> abort());
    response.closeHandler(gone -> abort());
    loop.watch().add(this);
    upload.prepare(this::connect);
  }

  private void connect() {
    call.open(loop.http(), request.method(), passage).onComplete(this::connected);
  }

  private void connected(AsyncResult<HttpClientRequest> opened) {
    if (done) {
      if (opened.succeeded()) {
        opened.result().reset(CANCEL);
      }
      return;
    }
    if (opened.failed()) {
      notConnected(opened.cause());
      return;
    }
    HttpClientRequest to = opened.result();
    upstream = to;
    to.exceptionHandler(failure -> failed(to, failure));
    to.response().onComplete(head -> answered(to, head));
    try {
      call.writeHeaders(to.headers(), exchange, passage, upload.body());
    } catch (IllegalArgumentException e) {
      refuse(ErrorCode.HEADER_REFUSED, "A header holds a character that is not allowed there");
      return;
    }
    upload.begin(to);
  }

  private void answered(HttpClientRequest from, AsyncResult<HttpClientResponse> head) {
    if (done || from != upstream) {
      return;
    }
    if (head.failed()) {
      failed(from, head.cause());
      return;
    }
    HttpClientResponse got = head.result();
    if (got.statusCode() < 200) {
      refuse(ErrorCode.UPSTREAM_UNREACHABLE, "The upstream gave an answer that is not HTTP");
      return;
    }
    answer = got;
    upload.isAnswered();
    lastProgress = System.nanoTime();
    try {
      writeHead(got);
    } catch (IllegalArgumentException e) {
      response.headers().clear();
      refuse(ErrorCode.UPSTREAM_UNREACHABLE, "The upstream gave an answer that is not HTTP");
      return;
    }
    got.exceptionHandler(failure -> failed(from, failure));
    got.handler(chunk -> relay(got, chunk));
    got.endHandler(end -> complete(got));
  }

  private void writeHead(HttpClientResponse got) {
    response.setStatusCode(got.statusCode());
    ResponseHeaders.copy(got.headers(), response.headers(), passage.setCookie());
    String length = got.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      answerLength = Long.parseLong(length);
    } else if (hasBody(got)) {
      response.setChunked(true);
      // Its first byte may be long in coming: events, a tail, a slow query.
      showHead();
    }
    if (!upload.isComplete() && request.version() != HttpVersion.HTTP_2) {
      // What is left of the body stands before the next request, if there may be a next one.
      UnreadBody.of(request);
    }
  }

  /** Without a byte of the body, where the client's version of HTTP knows such a thing. */
  private void showHead() {
    if (!response.headWritten() && request.version() != HttpVersion.HTTP_1_0) {
      response.writeHead();
    }
  }

  private boolean hasBody(HttpClientResponse got) {
    return !request.method().equals(HttpMethod.HEAD)
        && got.statusCode() != 204
        && got.statusCode() != 304;
  }

  private void relay(HttpClientResponse from, Buffer chunk) {
    if (done) {
      return;
    }
    lastProgress = System.nanoTime();
    if (chunk.length() == answerLength && !response.headWritten()) {
      response.end(chunk);
      return;
    }
    response.write(chunk);
    if (response.writeQueueFull()) {
      from.pause();
      clientIsFull = true;
      response.drainHandler(
          drained -> {
            clientIsFull = false;
            lastProgress = System.nanoTime();
            from.resume();
          });
    }
  }

  private void complete(HttpClientResponse got) {
    if (done) {
      return;
    }
    end();
    UnreadBody unread = upload.isComplete() ? null : UnreadBody.of(request);
    if (!response.ended()) {
      copyTrailers(got.trailers());
      response.end();
    }
    if (unread != null) {
      cancelUpstream();
      unread.discard();
    }
    if (request.version() == HttpVersion.HTTP_1_0 && answerLength < 0) {
      request.connection().close();
    }
    exchange.finish(Outcome.answered(got.statusCode()));
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

  /** The client has gone. */
  private void abort() {
    if (!done && !response.ended()) {
      finish(Outcome.ABORTED);
      cancelUpstream();
    }
  }

  private void notConnected(Throwable cause) {
    LOG.debugf("An upstream was not reached, request %s: %s", exchange.id(), cause);
    if (cause instanceof ConnectionPoolTooBusyException) {
      refuse(ErrorCode.OVERLOADED, "Too many requests are waiting for this upstream");
    } else if (cause instanceof TimeoutException || cause instanceof ConnectTimeoutException) {
      refuse(ErrorCode.UPSTREAM_TIMEOUT, "The upstream did not take the connection in time");
    } else {
      refuse(ErrorCode.UPSTREAM_UNREACHABLE, "The upstream cannot be reached");
    }
  }

  private void failed(HttpClientRequest from, Throwable cause) {
    if (done || from != upstream) {
      return;
    }
    LOG.debugf("An upstream failed, request %s: %s", exchange.id(), cause);
    if (answer != null && response.headWritten()) {
      breakOff();
    } else if (answer == null && mayBeAskedAgain()) {
      retried = true;
      upstream = null;
      connect();
    } else {
      response.headers().clear();
      refuse(
          ErrorCode.UPSTREAM_UNREACHABLE, "The upstream closed the connection before its answer");
    }
  }

  /**
   * An upstream may close an idle connection at the moment that we use it; RFC 9110 §9.2.2 lets a
   * proxy repeat what is safe.
   */
  private boolean mayBeAskedAgain() {
    HttpMethod method = request.method();
    return !retried
        && upload.body() == RequestBody.NONE
        && (method.equals(HttpMethod.GET)
            || method.equals(HttpMethod.HEAD)
            || method.equals(HttpMethod.OPTIONS));
  }

  private void breakOff() {
    finish(Outcome.BROKEN);
    cancelUpstream();
    if (!response.ended()) {
      response.reset(INTERNAL_ERROR);
    }
  }

  private void refuse(ErrorCode code, String detail) {
    end();
    exchange.refuse(code, detail);
    cancelUpstream();
  }

  private void finish(Outcome outcome) {
    end();
    exchange.finish(outcome);
  }

  private void end() {
    done = true;
    loop.watch().remove(this);
    upload.stop();
  }

  private void cancelUpstream() {
    if (upstream != null) {
      upstream.reset(CANCEL);
    }
  }

  @Override
  void look(long now) {
    HttpClientRequest to = upstream;
    if (to == null) {
      return;
    }
    upload.look(now);
    if (!isUpstreamsTurn(to)) {
      lastProgress = now;
    } else if (now - Math.max(lastProgress, upload.lastProgress()) > patience()) {
      timeout();
    } else if (answer != null) {
      showHead();
    }
  }

  /** A slow client is not the upstream's fault. */
  private boolean isUpstreamsTurn(HttpClientRequest to) {
    return answer != null ? !clientIsFull : upload.waitsForUpstream(to);
  }

  private long patience() {
    Upstream to = passage.upstream();
    return answer == null ? to.responseTimeout() : to.idleTimeout();
  }

  private void timeout() {
    if (response.headWritten()) {
      breakOff();
    } else {
      response.headers().clear();
      refuse(ErrorCode.UPSTREAM_TIMEOUT, "The upstream did not answer in time");
    }
  }
}
