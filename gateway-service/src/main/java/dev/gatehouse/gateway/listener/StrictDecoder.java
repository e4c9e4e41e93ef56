package dev.gatehouse.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/**
 * Reads HTTP/1 as Vert.x does, but refuses what Netty 4.1 lets pass: a Content-Length beside a
 * Transfer-Encoding (RFC 9112 §6.3, item 3), of which it drops the first; a header without a name;
 * a size of a chunk that overflows, which it reads as what is left of it, or that has other things
 * around it than its extensions (RFC 9112 §7.1).
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

  private static final VarHandle STATE;
  private static final Object BEFORE_SIZE;

  static {
    try {
      Class<?> states =
          Class.forName(
              HttpObjectDecoder.class.getName() + "$State",
              true,
              HttpObjectDecoder.class.getClassLoader());
      STATE =
          MethodHandles.privateLookupIn(HttpObjectDecoder.class, MethodHandles.lookup())
              .findVarHandle(HttpObjectDecoder.class, "currentState", states);
      BEFORE_SIZE =
          Arrays.stream(states.getEnumConstants())
              .filter(state -> state.toString().equals("READ_CHUNK_SIZE"))
              .findFirst()
              .orElseThrow();
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private boolean broken;

  StrictDecoder(HttpServerOptions options) {
    super(options);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> decoded)
      throws Exception {
    if (broken) {
      bytes.skipBytes(bytes.readableBytes());
    } else if (STATE.get((HttpObjectDecoder) this) == BEFORE_SIZE && !ChunkSize.isSound(bytes)) {
      broken = true;
      LastHttpContent end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
      end.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("Size of a chunk")));
      decoded.add(end);
    } else {
      super.decode(context, bytes, decoded);
    }
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("A header without a name");
    }
    return super.splitHeaderName(line, start, length);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Content-Length and Transfer-Encoding in one message");
  }
}
