package dev.gatehouse.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its first bytes whether a connection without TLS speaks HTTP/1 or HTTP/2 (RFC 9113
 * §3.3). That of Vert.x cannot be used: it would also take {@code Upgrade: h2c}, which turns one
 * checked request into a connection that those before us know nothing of.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

  private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

  private final Consumer<Channel> http1;
  private final Consumer<Channel> http2;
  private @Nullable ByteBuf held;

  FirstBytes(Consumer<Channel> http1, Consumer<Channel> http2) {
    this.http1 = http1;
    this.http2 = http2;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    ByteBuf all = held == null ? bytes : Unpooled.wrappedBuffer(held, bytes);
    held = null;
    int length = Math.min(all.readableBytes(), PREFACE.readableBytes());
    if (!startsLikePreface(all, length)) {
      pass(context, http1, all);
    } else if (length == PREFACE.readableBytes()) {
      pass(context, http2, all);
    } else {
      held = all;
    }
  }

  private static boolean startsLikePreface(ByteBuf bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != PREFACE.getByte(i)) {
        return false;
      }
    }
    return true;
  }

  private void pass(ChannelHandlerContext context, Consumer<Channel> protocol, ByteBuf bytes) {
    protocol.accept(context.channel());
    context.fireChannelRead(bytes);
    context.pipeline().remove(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
