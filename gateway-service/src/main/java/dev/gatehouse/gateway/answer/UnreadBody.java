package dev.gatehouse.gateway.answer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What is left of a request's body when its answer is complete. On HTTP/1 the next request stands
 * behind it, so it must be read to its end or the connection must go. A little is read, for the
 * sake of clients that read no answer before they have sent everything; a lot is not.
 */
public final class UnreadBody {

  /** Bytes that are read and thrown away. */
  static final long MAX_DISCARDED = 256 * 1024;

  /** Milliseconds in which a client must have sent them. */
  private static final long PATIENCE = 2_000;

  private static final int HTTP2_NO_ERROR = 0;

  private final HttpServerRequest request;
  private final boolean closes;
  private long discarded;

  private UnreadBody(HttpServerRequest request, boolean closes) {
    this.request = request;
    this.closes = closes;
  }

  /** To be called before the head of the answer is written: it may have to announce the end. */
  public static UnreadBody of(HttpServerRequest request) {
    boolean closes = request.version() != HttpVersion.HTTP_2 && !isSmall(request);
    if (closes && !request.response().headWritten()) {
      request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    return new UnreadBody(request, closes);
  }

  /** To be called when the answer has been ended. */
  public void discard() {
    if (request.isEnded()) {
      closeIfAnnounced();
    } else if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(HTTP2_NO_ERROR);
    } else {
      request.handler(chunk -> count(chunk.length()));
      request.endHandler(end -> closeIfAnnounced());
      if (closes) {
        Vertx.currentContext().owner().setTimer(PATIENCE, timer -> close());
      }
      request.resume();
    }
  }

  private void count(int bytes) {
    discarded += bytes;
    if (discarded > MAX_DISCARDED) {
      close();
    }
  }

  private void closeIfAnnounced() {
    if (closes) {
      close();
    }
  }

  private void close() {
    request.connection().close();
  }

  private static boolean isSmall(HttpServerRequest request) {
    if (request.isEnded()) {
      return true;
    }
    if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || request.headers().contains(HttpHeaders.EXPECT)) {
      return false;
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null || (length.length() < 7 && Long.parseLong(length) <= MAX_DISCARDED);
  }
}
