package dev.gatehouse.gateway.listener;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;

/**
 * The streams of one HTTP/2 connection: counts them, and ends the connection as RFC 9113 §6.8 says:
 * first that no more are wanted, then, when what was on its way has come, up to which one they
 * count.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of a connection.
final class Http2Streams extends Http2ConnectionAdapter implements ClientConnection.Protocol {

  /** In which a stream that the client began before it heard of the end has reached us. */
  private static final long ON_ITS_WAY = TimeUnit.SECONDS.toNanos(1);

  /** As long as they take; stopping has a bound of its own. */
  private static final long STREAMS_MAY_TAKE = TimeUnit.DAYS.toMillis(7);

  private static final int NO_ERROR = 0;

  private final ClientConnection connection;
  private final HttpConnection http;
  private final Http2Connection streams;
  private final Traffic traffic;
  private long announced;
  private boolean ended;

  Http2Streams(ClientConnection connection, HttpConnection http, Http2Connection streams) {
    this.connection = connection;
    this.http = http;
    this.streams = streams;
    this.traffic = connection.all().traffic();
    streams.addListener(this);
  }

  @Override
  public ClientConnection.Turn turn() {
    if (streams.numActiveStreams() == 0) {
      return ClientConnection.Turn.IDLE;
    }
    return hasOpenBody() ? ClientConnection.Turn.BODY : ClientConnection.Turn.OURS;
  }

  @Override
  public void retire() {
    long now = System.nanoTime();
    if (announced == 0) {
      announced = now;
      http.goAway(NO_ERROR, Integer.MAX_VALUE);
    } else if (!ended && now - announced > ON_ITS_WAY) {
      ended = true;
      http.goAway(NO_ERROR);
      http.shutdown(STREAMS_MAY_TAKE, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onStreamActive(Http2Stream stream) {
    traffic.started();
    connection.progressed();
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    traffic.ended(1);
    connection.progressed();
  }

  private boolean hasOpenBody() {
    try {
      return streams.forEachActiveStream(stream -> !mayStillSend(stream)) != null;
    } catch (Http2Exception e) {
      return false;
    }
  }

  private static boolean mayStillSend(Http2Stream stream) {
    return stream.state() == Http2Stream.State.OPEN
        || stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
  }
}
