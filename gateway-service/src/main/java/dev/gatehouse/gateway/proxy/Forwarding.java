package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.connector.AnswerHead;
import dev.gatehouse.gateway.connector.Connector;
import dev.gatehouse.gateway.connector.HttpStream;
import dev.gatehouse.gateway.connector.RequestHead;
import dev.gatehouse.gateway.observation.Outcome;
import dev.gatehouse.gateway.observation.UpstreamMeters.Reason;
import dev.gatehouse.gateway.request.RequestBody;
import dev.gatehouse.gateway.request.RequestFields;
import dev.gatehouse.gateway.upstream.Server;
import dev.gatehouse.gateway.upstream.Upstream;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to the upstream and the answer on its way back. Nothing is kept but what
 * the slower side has not taken yet, and neither side is read while the other is full. Whoever
 * breaks off, the other side learns it: an answer cut short never looks complete. Confined to the
 * event loop of the client's connection.
 */
final class Forwarding extends Watch.Watched implements Connector.Taker, HttpStream.Handler {

  private static final Logger LOG = Logger.getLogger(Forwarding.class);

  /** RFC 9113 §7; on HTTP/1 the connection is closed. */
  private static final long INTERNAL_ERROR = 2;

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Passage passage;
  private final Loops.Loop loop;
  private final UpstreamCall call;
  private final Upload upload;

  private Server server;
  private long openingSince;
  private @Nullable HttpStream upstream;
  private @Nullable Download download;
  private long lastProgress;
  private boolean retried;
  private boolean done;

  Forwarding(Exchange exchange, Passage passage, Loops.Loop loop, UpstreamCall call) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.response = exchange.response();
    this.passage = passage;
    this.loop = loop;
    this.call = call;
    this.server = passage.upstream().next();
    this.upload =
        new Upload(
            request,
            exchange.headers().expectsContinue(),
            exchange.ticket(),
            loop.watch(),
            this::tooLarge);
  }

  /** The request must be paused. */
  void start() {
    if (RequestBody.isGrpc(request) && !takesGrpc()) {
      return;
    }
    request.exceptionHandler(gone -> abort());
    response.exceptionHandler(gone -> abort());
    response.closeHandler(gone -> abort());
    loop.watch().add(this);
    upload.prepare(this::connect);
  }

  /** gRPC lives on HTTP/2 alone, on either side of us. If it cannot, it has been refused. */
  private boolean takesGrpc() {
    if (request.version() != HttpVersion.HTTP_2) {
      exchange.refuse(ErrorCode.REQUEST_MALFORMED, "gRPC needs HTTP/2");
    } else if (!passage.upstream().http2()) {
      exchange.refuse(ErrorCode.OPERATION_UNKNOWN, "This api does not take gRPC");
    } else {
      return true;
    }
    return false;
  }

  private void connect() {
    openingSince = loop.watch().nextLook();
    lastProgress = openingSince;
    loop.connector().open(passage.upstream(), server, this);
  }

  @Override
  public void opened(HttpStream stream) {
    if (done) {
      stream.cancel();
      return;
    }
    upstream = stream;
    RequestFields headers = new RequestFields();
    try {
      call.writeHeaders(headers, exchange, passage, server, upload.body());
    } catch (IllegalArgumentException e) {
      refuse(ErrorCode.HEADER_REFUSED, "A header holds a character that is not allowed there");
      return;
    }
    stream.send(RequestHead.of(request, passage.uri(), headers, upload.body()), this);
    upload.begin(stream);
  }

  @Override
  public void agreed() {
    if (!done) {
      upload.proceed();
    }
  }

  /** RFC 8297: a 103 comes before the answer, and is none. */
  @Override
  public void hinted(MultiMap hints) {
    if (!done && download == null && request.version() != HttpVersion.HTTP_1_0) {
      MultiMap passing = HttpHeaders.headers();
      try {
        ResponseHeaders.copy(hints, passing, false);
      } catch (IllegalArgumentException e) {
        notHttp();
        return;
      }
      response.writeEarlyHints(passing);
    }
  }

  @Override
  public void answered(AnswerHead head) {
    HttpStream from = upstream;
    if (done || from == null) {
      return;
    }
    exchange.upstreamAnswers();
    upload.isAnswered();
    Download answer = new Download(request, from, head, loop.watch());
    try {
      if (head.status() < 200) {
        throw new IllegalArgumentException("An answer of status " + head.status());
      }
      answer.begin(passage.setCookie(), upload.isComplete());
    } catch (IllegalArgumentException e) {
      notHttp();
      return;
    }
    download = answer;
    passage.upstream().succeeded(server);
  }

  private void notHttp() {
    failed(Reason.INVALID, "The upstream gave an answer that is not HTTP");
  }

  @Override
  public void received(Buffer chunk) {
    if (download != null) {
      download.take(chunk);
    }
  }

  @Override
  public void ended(MultiMap trailers) {
    if (download != null) {
      complete(download, trailers);
    }
  }

  @Override
  public void drained() {
    upload.resume();
  }

  private void complete(Download answer, MultiMap trailers) {
    if (done) {
      return;
    }
    end();
    answer.end(trailers, upload.isComplete());
    if (!upload.isComplete()) {
      cancelUpstream();
    }
    exchange.finish(Outcome.answered(answer.status()));
  }

  /** The client has gone. */
  private void abort() {
    if (!done && !response.ended()) {
      end();
      exchange.finish(Outcome.ABORTED);
      cancelUpstream();
    }
  }

  /** Nothing was sent, so another server may be asked, whatever the method. */
  @Override
  public void notOpened(Throwable cause) {
    if (done) {
      return;
    }
    LOG.debugf("An upstream was not reached, request %s: %s", exchange.id(), cause);
    Reason reason = reason(cause);
    passage.upstream().failed(server, reason);
    Server other = retried ? null : passage.upstream().another(server);
    if (other != null) {
      retried = true;
      server = other;
      connect();
    } else if (reason == Reason.BUSY) {
      refuse(ErrorCode.OVERLOADED, "Too many requests are waiting for this upstream");
    } else if (reason == Reason.CONNECT_TIMEOUT) {
      refuse(ErrorCode.UPSTREAM_TIMEOUT, "The upstream did not take the connection in time");
    } else {
      refuse(ErrorCode.UPSTREAM_UNREACHABLE, "The upstream cannot be reached");
    }
  }

  static Reason reason(Throwable cause) {
    if (cause instanceof ConnectionPoolTooBusyException) {
      return Reason.BUSY;
    }
    if (cause instanceof SSLException) {
      return Reason.TLS;
    }
    return cause instanceof TimeoutException || cause instanceof ConnectTimeoutException
        ? Reason.CONNECT_TIMEOUT
        : Reason.CONNECT;
  }

  @Override
  public void failed(Throwable cause) {
    if (done) {
      return;
    }
    LOG.debugf("An upstream failed, request %s: %s", exchange.id(), cause);
    if (download == null && mayBeAskedAgain()) {
      passage.upstream().failed(server, Reason.BROKEN);
      retried = true;
      upstream = null;
      Server other = passage.upstream().another(server);
      server = other == null ? server : other;
      connect();
    } else {
      failed(Reason.BROKEN, "The upstream closed the connection before its answer");
    }
  }

  /**
   * An upstream may close an idle connection at the moment that we use it; RFC 9110 §9.2.2 lets a
   * proxy repeat what has the same effect if it is done twice.
   */
  private boolean mayBeAskedAgain() {
    return !retried && !upload.isTouched() && isIdempotent(request.method());
  }

  private static boolean isIdempotent(HttpMethod method) {
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || method.equals(HttpMethod.OPTIONS)
        || method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.DELETE);
  }

  private void failed(Reason reason, String detail) {
    passage.upstream().failed(server, reason);
    if (response.headWritten()) {
      breakOff();
      return;
    }
    response.headers().clear();
    boolean inTime = reason == Reason.BROKEN || reason == Reason.INVALID;
    refuse(inTime ? ErrorCode.UPSTREAM_UNREACHABLE : ErrorCode.UPSTREAM_TIMEOUT, detail);
  }

  private void breakOff() {
    end();
    exchange.finish(Outcome.BROKEN);
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

  private void end() {
    done = true;
    loop.watch().remove(this);
    upload.stop();
    if (download != null) {
      download.stop();
    }
  }

  private void cancelUpstream() {
    if (upstream != null) {
      upstream.cancel();
    } else {
      loop.connector().abandon(server, this);
    }
  }

  /** The upstream must never take what it has for the whole body. */
  private void tooLarge() {
    if (response.headWritten()) {
      breakOff();
      return;
    }
    response.headers().clear();
    end();
    cancelUpstream();
    exchange.refuse(exchange.ticket().bodyTooLarge());
  }

  @Override
  void look(long now) {
    Upstream to = passage.upstream();
    Download answer = download;
    if (now - exchange.startedAt() > to.totalTimeout()) {
      failed(Reason.TOTAL_TIMEOUT, "The request took longer than this api allows");
    } else if (upstream == null) {
      lookAtOpening(now, to.connectTimeout());
    } else if (answer == null) {
      lookAtUpload(upstream, now, to.responseTimeout());
    } else {
      lookAtDownload(answer, now, to.idleTimeout());
    }
  }

  private void lookAtOpening(long now, long patience) {
    boolean late = openingSince != 0 && now - openingSince > patience;
    if (late && loop.connector().abandon(server, this)) {
      notOpened(new TimeoutException("No connection in time"));
    }
  }

  private void lookAtUpload(HttpStream to, long now, long patience) {
    upload.look(now);
    if (!upload.waitsForUpstream(to)) {
      lastProgress = now;
    } else if (now - Math.max(lastProgress, upload.lastProgress()) > patience) {
      failed(Reason.RESPONSE_TIMEOUT, "The upstream did not answer in time");
    }
  }

  private void lookAtDownload(Download answer, long now, long patience) {
    if (!answer.waitsForUpstream()) {
      lastProgress = now;
    } else if (now - Math.max(lastProgress, Math.max(answer.lastProgress(), upload.lastProgress()))
        > patience) {
      failed(Reason.IDLE_TIMEOUT, "The upstream did not answer in time");
    } else {
      answer.showHead();
    }
  }
}
