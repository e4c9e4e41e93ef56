package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.upstream.Upstream;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket from a client through to an upstream. The opening is checked and rewritten like any
 * request; after it bytes pass as they are, each side read only as fast as the other takes them. It
 * ends with either side, and when the token, key or tenant behind it does.
 *
 * <p>It has a connection of its own from the start: the HTTP client of Vert.x 4.5 does not tell
 * when an upgraded connection has room again.
 */
final class Tunnel extends Watch.Watched {

  private static final long RECHECK = TimeUnit.SECONDS.toNanos(1);

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final Passage passage;
  private final Loops.Loop loop;
  private final UpstreamCall call;
  private final Supplier<Future<Boolean>> stillAllowed;
  private final Handshake handshake = new Handshake();

  private long since = System.nanoTime();
  private @Nullable NetSocket upstream;
  private @Nullable NetSocket client;
  private boolean done;

  Tunnel(
      Exchange exchange,
      Passage passage,
      Loops.Loop loop,
      UpstreamCall call,
      Supplier<Future<Boolean>> stillAllowed) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.passage = passage;
    this.loop = loop;
    this.call = call;
    this.stillAllowed = stillAllowed;
  }

  void start() {
    request.exceptionHandler(gone -> abort());
    request.response().closeHandler(gone -> abort());
    loop.watch().add(this);
    Upstream to = passage.upstream();
    (to.tls()
            ? loop.tlsSockets().connect(to.address(), to.host())
            : loop.sockets().connect(to.address()))
        .onComplete(this::connected);
  }

  private void connected(AsyncResult<NetSocket> opened) {
    if (done) {
      if (opened.succeeded()) {
        opened.result().close();
      }
      return;
    }
    if (opened.failed()) {
      refuse(ErrorCode.UPSTREAM_UNREACHABLE, "The upstream cannot be reached");
      return;
    }
    NetSocket socket = opened.result();
    upstream = socket;
    MultiMap headers = HttpHeaders.headers();
    try {
      call.writeHeaders(headers, exchange, passage, RequestBody.NONE);
    } catch (IllegalArgumentException e) {
      refuse(ErrorCode.HEADER_REFUSED, "A header holds a character that is not allowed there");
      return;
    }
    socket.handler(chunk -> answered(socket, chunk));
    socket.exceptionHandler(broken -> {});
    socket.closeHandler(gone -> upstreamGone());
    socket.write(Handshake.request(passage.upstream(), passage.uri(), headers));
  }

  private void answered(NetSocket socket, Buffer chunk) {
    if (done) {
      return;
    }
    try {
      Optional<Handshake.Answer> answer = handshake.take(chunk);
      if (answer.isPresent()) {
        socket.pause();
        open(socket, answer.get());
      }
    } catch (IllegalArgumentException e) {
      refuse(ErrorCode.UPSTREAM_UNREACHABLE, "The upstream gave an answer that is not HTTP");
    }
  }

  private void open(NetSocket socket, Handshake.Answer answer) {
    if (answer.status() != 101 || !"websocket".equalsIgnoreCase(answer.headers().get("Upgrade"))) {
      refuse(
          ErrorCode.UPSTREAM_UNREACHABLE,
          "The upstream refused the WebSocket with status " + answer.status());
      return;
    }
    MultiMap head = request.response().headers();
    ResponseHeaders.copy(answer.headers(), head, passage.setCookie());
    head.remove(HttpHeaders.CONTENT_LENGTH);
    head.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    head.set(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
    request.resume();
    request.toNetSocket().onComplete(upgraded -> join(socket, answer.rest(), upgraded));
  }

  private void join(NetSocket socket, Buffer rest, AsyncResult<NetSocket> upgraded) {
    if (done || upgraded.failed()) {
      close();
      return;
    }
    NetSocket to = upgraded.result();
    client = to;
    since = System.nanoTime();
    to.closeHandler(gone -> close());
    to.exceptionHandler(broken -> {});
    socket.closeHandler(gone -> close());
    if (rest.length() > 0) {
      to.write(rest);
    }
    pass(socket, to);
    pass(to, socket);
  }

  private static void pass(NetSocket from, NetSocket to) {
    from.handler(
        chunk -> {
          to.write(chunk);
          if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> from.resume());
          }
        });
    from.resume();
  }

  private void rechecked(AsyncResult<Boolean> allowed) {
    if (allowed.failed() || !allowed.result()) {
      close();
    }
  }

  private void upstreamGone() {
    if (client == null && !done) {
      refuse(
          ErrorCode.UPSTREAM_UNREACHABLE, "The upstream closed the connection before its answer");
    }
  }

  private void abort() {
    if (!done && client == null) {
      done = true;
      loop.watch().remove(this);
      closeUpstream();
      exchange.finish(Outcome.ABORTED);
    }
  }

  private void close() {
    if (!done) {
      done = true;
      loop.watch().remove(this);
      exchange.finish(Outcome.TUNNELLED);
    }
    closeUpstream();
    if (client != null) {
      client.close();
    }
  }

  private void closeUpstream() {
    if (upstream != null) {
      upstream.close();
    }
  }

  private void refuse(ErrorCode code, String detail) {
    done = true;
    loop.watch().remove(this);
    exchange.refuse(code, detail);
    closeUpstream();
  }

  @Override
  void look(long now) {
    if (client == null) {
      if (now - since > passage.upstream().responseTimeout()) {
        refuse(ErrorCode.UPSTREAM_TIMEOUT, "The upstream did not answer in time");
      }
    } else if (now - since > RECHECK) {
      since = now;
      stillAllowed.get().onComplete(this::rechecked);
    }
  }
}
