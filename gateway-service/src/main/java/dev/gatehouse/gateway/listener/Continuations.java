package dev.gatehouse.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;

/**
 * Ends an HTTP/2 connection on which one block of headers comes in very many pieces (RFC 9113
 * §6.10). Netty bounds the size of a block, but empty pieces add nothing to that, and may come for
 * ever. Stands before the decoder, and leaves when the connection turns out to speak HTTP/1.
 */
final class Continuations extends ChannelInboundHandlerAdapter {

  static final String NAME = "continuations";

  /** A block has up to 32 KiB and a piece up to 16, so two are usual; small ones are borne with. */
  static final int MOST = 16;

  private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();
  private static final int LAST_OF_LENGTH = 2;
  private static final int TYPE = 3;
  private static final int LAST_OF_HEAD = Http2CodecUtil.FRAME_HEADER_LENGTH - 1;

  /** Bytes of the preface that were there. */
  private int preface;

  /** Which byte of a frame's head is next, and what the first three say. */
  private int next;

  private int length;

  /** Bytes of a frame's payload that are still to come. */
  private int payload;

  private int continuations;
  private boolean ended;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (ended) {
      bytes.release();
    } else if (!isBearable(context, bytes)) {
      ended = true;
      bytes.release();
      context.fireExceptionCaught(
          Http2Exception.connectionError(
              Http2Error.ENHANCE_YOUR_CALM, "More than %d CONTINUATION frames", MOST));
    } else {
      context.fireChannelRead(bytes);
    }
  }

  private boolean isBearable(ChannelHandlerContext context, ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    for (; preface < PREFACE.readableBytes() && at < end; at++) {
      if (bytes.getByte(at) != PREFACE.getByte(preface++)) {
        context.pipeline().remove(this);
        return true;
      }
    }
    while (at < end) {
      if (payload > 0) {
        int passed = Math.min(payload, end - at);
        payload -= passed;
        at += passed;
      } else if (!takesHead(bytes.getUnsignedByte(at++))) {
        return false;
      }
    }
    return true;
  }

  /** Length in three bytes, type, flags, and stream in four (RFC 9113 §4.1). */
  private boolean takesHead(int octet) {
    if (next <= LAST_OF_LENGTH) {
      length = (length << Byte.SIZE) | octet;
    } else if (next == TYPE) {
      continuations = octet == Http2FrameTypes.CONTINUATION ? continuations + 1 : 0;
    }
    if (next == LAST_OF_HEAD) {
      payload = length;
      length = 0;
      next = 0;
    } else {
      next++;
    }
    return continuations <= MOST;
  }
}
