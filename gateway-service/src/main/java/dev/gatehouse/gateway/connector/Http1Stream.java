package dev.gatehouse.gateway.connector;

import dev.gatehouse.gateway.request.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A request and its answer on an HTTP/1 connection. */
final class Http1Stream implements HttpStream {

  private static final MultiMap NO_TRAILERS = HeadersMultiMap.headers();
  private static final ByteBuf CRLF = Unpooled.unreleasableBuffer(ascii("\r\n"));
  private static final ByteBuf LAST_CHUNK = Unpooled.unreleasableBuffer(ascii("0\r\n\r\n"));

  private final Http1Connection connection;
  private @Nullable Handler handler;
  private boolean chunked;
  private long missing;
  private boolean sent;
  private boolean sentWhole;
  private boolean paused;
  private boolean over;

  /** What was read before the pause took effect. */
  private @Nullable Queue<Object> kept;

  Http1Stream(Http1Connection connection) {
    this.connection = connection;
  }

  boolean isSent() {
    return sent;
  }

  boolean isSentWhole() {
    return sentWhole;
  }

  /** Whether the whole answer was passed on. */
  boolean isOver() {
    return over;
  }

  @Override
  public void send(RequestHead head, Handler answerTo) {
    handler = answerTo;
    sent = true;
    chunked = head.body() == RequestBody.CHUNKED;
    missing = head.length();
    connection.expectsAnswerTo(head);
    sentWhole = head.body() == RequestBody.NONE;
    connection.write(RequestEncoder.encode(head, connection.authority(), connection.allocator()));
    connection.flush();
  }

  @Override
  public void write(Buffer chunk) {
    ByteBuf bytes = bytes(chunk);
    if (over || !bytes.isReadable()) {
      return;
    }
    missing -= bytes.readableBytes();
    if (chunked) {
      connection.write(ascii(Integer.toHexString(bytes.readableBytes()) + "\r\n"));
      connection.write(bytes);
      connection.write(CRLF.duplicate());
    } else if (missing >= 0) {
      connection.write(bytes);
    } else {
      connection.fail(new IllegalStateException("The body is longer than its length"));
      return;
    }
    connection.flush();
  }

  @Override
  public void end() {
    if (over || sentWhole) {
      return;
    }
    if (!chunked && missing != 0) {
      connection.fail(new IllegalStateException("The body is shorter than its length"));
      return;
    }
    sentWhole = true;
    if (chunked) {
      connection.write(LAST_CHUNK.duplicate());
      connection.flush();
    }
  }

  @Override
  public boolean isFull() {
    return !connection.channel().isWritable();
  }

  @Override
  public void pause() {
    if (!paused) {
      paused = true;
      connection.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    while (kept != null && !paused && !over) {
      Object next = kept.poll();
      if (next == null) {
        kept = null;
      } else if (next instanceof Buffer chunk) {
        pass(chunk);
      } else {
        finish((MultiMap) next);
      }
    }
    if (!paused) {
      connection.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      connection.cancelled(this);
    }
  }

  void interim(int status, HttpHeaders headers) {
    if (over || handler == null) {
      return;
    }
    if (status == HttpResponseStatus.CONTINUE.code()) {
      handler.agreed();
    } else if (status == HttpResponseStatus.EARLY_HINTS.code()) {
      handler.hinted((MultiMap) headers);
    }
  }

  void begins(HttpResponse response) {
    if (!over && handler != null) {
      handler.answered(
          new AnswerHead(
              response.status().code(),
              response.protocolVersion().minorVersion() == 0
                  ? HttpVersion.HTTP_1_0
                  : HttpVersion.HTTP_1_1,
              (MultiMap) response.headers()));
    }
  }

  void received(HttpContent content, boolean last) {
    ByteBuf bytes = content.content();
    if (bytes.isReadable()) {
      Buffer chunk = copy(bytes);
      if (paused) {
        keep(chunk);
      } else {
        pass(chunk);
      }
    }
    if (last) {
      HttpHeaders trailers = ((LastHttpContent) content).trailingHeaders();
      MultiMap told = trailers.isEmpty() ? NO_TRAILERS : new HeadersAdaptor(trailers);
      if (paused) {
        keep(told);
      } else {
        finish(told);
      }
    }
  }

  void drained() {
    if (!over && handler != null) {
      handler.drained();
    }
  }

  void failed(Throwable cause) {
    if (!over) {
      over = true;
      if (handler != null) {
        handler.failed(cause);
      }
    }
  }

  private void keep(Object read) {
    if (kept == null) {
      kept = new ArrayDeque<>(4);
    }
    kept.add(read);
  }

  private void pass(Buffer chunk) {
    if (!over && handler != null) {
      handler.received(chunk);
    }
  }

  private void finish(MultiMap trailers) {
    if (over) {
      return;
    }
    over = true;
    if (handler != null) {
      handler.ended(trailers);
    }
    connection.ended();
  }

  @SuppressWarnings("deprecation") // Vert.x 4 has no other way in or out of its buffers.
  private static ByteBuf bytes(Buffer chunk) {
    return chunk.getByteBuf();
  }

  /** What comes from the pool would have to go back there, whoever loses it. */
  @SuppressWarnings("deprecation")
  private static Buffer copy(ByteBuf pooled) {
    return Buffer.buffer(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(pooled)));
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
  }
}
