package dev.gatehouse.gateway.connector;

import dev.gatehouse.gateway.loop.LateFlush;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server, with one request at a time. It is used again only when request and
 * answer have come to their ends and the server has not sent a byte more: what nobody asked for
 * must not become the answer to the next request. Confined to its event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = Logger.getLogger(Http1Connection.class);

  private static final String LAST_HANDLER = "handler";

  private final Http1Connections all;
  private final ContextInternal context;
  private final ChannelHandlerContext handlers;
  private final AnswerDecoder decoder;
  private final CharSequence authority;

  private @Nullable Http1Stream stream;
  private boolean reading;
  private boolean interim;
  private boolean answered;
  private boolean reusable = true;
  private boolean closed;
  private long idleSince;
  private long keptFor = Long.MAX_VALUE;

  Http1Connection(
      Http1Connections all,
      NetSocket socket,
      ContextInternal context,
      CharSequence authority,
      int maxHeaders) {
    NetSocketInternal opened = (NetSocketInternal) socket;
    this.all = all;
    this.context = context;
    this.authority = authority;
    this.decoder = new AnswerDecoder(maxHeaders);
    ChannelPipeline pipeline = opened.channelHandlerContext().pipeline();
    pipeline.addBefore(LAST_HANDLER, "gatehouse-answers", decoder);
    pipeline.addBefore(LAST_HANDLER, "gatehouse-upstream", this);
    this.handlers = pipeline.context(this);
  }

  Http1Stream begin() {
    Http1Stream begun = new Http1Stream(this);
    stream = begun;
    answered = false;
    return begun;
  }

  Channel channel() {
    return handlers.channel();
  }

  ByteBufAllocator allocator() {
    return handlers.alloc();
  }

  /** What cannot be written ends the connection, and so the stream hears of it. */
  void write(ByteBuf bytes) {
    var unused = handlers.write(bytes, handlers.voidPromise());
  }

  void flush() {
    LateFlush.of(handlers);
  }

  CharSequence authority() {
    return authority;
  }

  void expectsAnswerTo(RequestHead request) {
    decoder.expectsAnswerTo(request.method());
  }

  boolean isOlderThan(long keepAlive, long now) {
    return now - idleSince > Math.min(keepAlive, keptFor);
  }

  void close() {
    if (!closed) {
      closed = true;
      all.gone(this);
      var unused = handlers.close();
    }
  }

  /** The stream has come to its end; what comes in the same breath behind it still counts. */
  void ended() {
    if (!reading) {
      recycle();
    }
  }

  /** The stream was given up. */
  void cancelled(Http1Stream by) {
    if (by == stream) {
      stream = null;
      if (by.isSent()) {
        close();
      } else {
        free();
      }
    }
  }

  private void recycle() {
    Http1Stream current = stream;
    if (current == null || !current.isOver() || closed) {
      return;
    }
    stream = null;
    if (reusable && current.isSentWhole() && channel().isActive()) {
      free();
    } else {
      close();
    }
  }

  private void free() {
    idleSince = System.nanoTime();
    all.free(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext netty, Object message) {
    ContextInternal before = context.beginDispatch();
    reading = true;
    try {
      take((HttpObject) message);
    } finally {
      ReferenceCountUtil.release(message);
      context.endDispatch(before);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext netty) {
    if (reading) {
      reading = false;
      ContextInternal before = context.beginDispatch();
      try {
        recycle();
      } finally {
        context.endDispatch(before);
      }
    }
  }

  private void take(HttpObject message) {
    Http1Stream current = stream;
    if (current == null || !current.isSent()) {
      close();
      return;
    }
    DecoderResult result = message.decoderResult();
    if (answered || result.isFailure()) {
      reusable = false;
      if (!answered) {
        fail(result.cause());
      }
      return;
    }
    if (message instanceof HttpResponse response) {
      begins(current, response);
    }
    if (message instanceof HttpContent content && !closed) {
      continues(current, content);
    }
  }

  private void begins(Http1Stream current, HttpResponse response) {
    int status = response.status().code();
    interim = status < 200 && status != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    if (status < 100 || status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      fail(new IllegalStateException("An answer of status " + status));
    } else if (interim) {
      current.interim(status, response.headers());
    } else {
      reusable = HttpUtil.isKeepAlive(response) && !decoder.isAmbiguous();
      keptFor = keptFor(response);
      current.begins(response);
    }
  }

  private void continues(Http1Stream current, HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (interim) {
      interim = !last;
      return;
    }
    answered = last;
    current.received(content, last);
  }

  /** The server may have said for how long it keeps the connection (RFC 2068 §19.7.1.1). */
  private static long keptFor(HttpResponse response) {
    String told = response.headers().get("keep-alive");
    int seconds = told == null ? -1 : HttpUtils.parseKeepAliveHeaderTimeout(told);
    return seconds < 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Nobody can tell any more what stands where on it. */
  void fail(Throwable cause) {
    Http1Stream current = stream;
    stream = null;
    close();
    if (current != null) {
      current.failed(cause);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext netty) {
    Http1Stream current = stream;
    if (current != null && netty.channel().isWritable()) {
      context.emit(current, Http1Stream::drained);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext netty) {
    context.emit(new ClosedChannelException(), this::fail);
    netty.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext netty, Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof CodecException)) {
      LOG.error("A request to an upstream failed", cause);
    }
    context.emit(cause, this::fail);
  }
}
