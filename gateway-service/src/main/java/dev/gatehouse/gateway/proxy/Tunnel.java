package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.observation.UpstreamMeters.Reason;
import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestFields;
import dev.gatehouse.gateway.upstream.Server;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The opening of a WebSocket from a client through to an upstream, checked and rewritten like any
 * request; what comes after it is the {@link Relay}'s.
 *
 * <p>It has a connection of its own from the start: the HTTP client of Vert.x 4.5 does not tell
 * when an upgraded connection has room again.
 */
final class Tunnel extends Watch.Watched {

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final Passage passage;
  private final Loops.Loop loop;
  private final UpstreamCall call;
  private final Supplier<Future<Boolean>> stillAllowed;
  private final Handshake handshake = new Handshake();

  private final long since = System.nanoTime();
  private @Nullable NetSocket upstream;
  private Server server;
  private boolean retried;
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
    this.server = passage.upstream().next();
  }

  void start() {
    if (loop.tunnels().areClosing()) {
      exchange.refuse(ErrorCode.OVERLOADED, "This gateway is stopping; connect again");
      return;
    }
    request.exceptionHandler(gone -> abort());
    request.response().closeHandler(gone -> abort());
    loop.watch().add(this);
    connect();
  }

  private void connect() {
    loop.connector().socket(passage.upstream(), server).onComplete(this::connected);
  }

  private void connected(AsyncResult<NetSocket> opened) {
    if (done) {
      if (opened.succeeded()) {
        opened.result().close();
      }
      return;
    }
    if (opened.failed()) {
      notConnected(opened.cause());
      return;
    }
    NetSocket socket = opened.result();
    upstream = socket;
    RequestFields headers = new RequestFields();
    try {
      call.writeHeaders(headers, exchange, passage, server, RequestBody.NONE);
    } catch (IllegalArgumentException e) {
      refuse(ErrorCode.HEADER_REFUSED, "A header holds a character that is not allowed there");
      return;
    }
    socket.handler(chunk -> answered(socket, chunk));
    socket.exceptionHandler(broken -> {});
    socket.closeHandler(gone -> upstreamGone());
    socket.write(Handshake.request(server, passage.upstream().tls(), passage.uri(), headers));
  }

  private void notConnected(Throwable cause) {
    passage.upstream().failed(server, Forwarding.reason(cause));
    Server other = retried ? null : passage.upstream().another(server);
    if (other == null) {
      refuse(ErrorCode.UPSTREAM_UNREACHABLE, "The upstream cannot be reached");
    } else {
      retried = true;
      server = other;
      connect();
    }
  }

  private void answered(NetSocket socket, Buffer chunk) {
    if (done) {
      return;
    }
    try {
      Optional<Handshake.Answer> answer = handshake.take(chunk);
      if (answer.isPresent()) {
        socket.pause();
        exchange.upstreamAnswers();
        open(socket, answer.get());
      }
    } catch (IllegalArgumentException e) {
      failed(Reason.INVALID, "The upstream gave an answer that is not HTTP");
    }
  }

  private void open(NetSocket socket, Handshake.Answer answer) {
    passage.upstream().succeeded(server);
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
    // From here on its end stands behind what it has sent, and the relay meets it there.
    socket.closeHandler(null);
    request.resume();
    request.toNetSocket().onComplete(upgraded -> join(socket, answer.rest(), upgraded));
  }

  private void join(NetSocket socket, Buffer rest, AsyncResult<NetSocket> upgraded) {
    if (done || upgraded.failed()) {
      abort();
      return;
    }
    done = true;
    loop.watch().remove(this);
    new Relay(
            exchange,
            loop,
            upgraded.result().pause(),
            socket,
            stillAllowed,
            passage.upstream().idleTimeout())
        .start(rest);
  }

  private void upstreamGone() {
    if (!done) {
      failed(Reason.BROKEN, "The upstream closed the connection before its answer");
    }
  }

  /** The client has gone. */
  private void abort() {
    if (!done) {
      end();
      exchange.finish(Outcome.ABORTED);
    }
  }

  private void failed(Reason reason, String detail) {
    passage.upstream().failed(server, reason);
    refuse(ErrorCode.UPSTREAM_UNREACHABLE, detail);
  }

  private void refuse(ErrorCode code, String detail) {
    end();
    exchange.refuse(code, detail);
  }

  private void end() {
    done = true;
    loop.watch().remove(this);
    if (upstream != null) {
      upstream.close();
    }
  }

  @Override
  void look(long now) {
    if (now - since > passage.upstream().responseTimeout()) {
      passage.upstream().failed(server, Reason.RESPONSE_TIMEOUT);
      refuse(ErrorCode.UPSTREAM_TIMEOUT, "The upstream did not answer in time");
    }
  }
}
