package dev.gatehouse.gateway.loop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes to sockets at the end of an event loop's turn, when all is read that was there. A write
 * wakes whoever waits for it, and the kernel may run them at once in the place of the loop; done
 * one after the other, writes cost less, and several to one connection become one.
 */
public final class LateFlush implements Runnable {

  private static final FastThreadLocal<LateFlush> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected LateFlush initialValue() {
          return new LateFlush();
        }
      };

  /** Bytes; more than this is not held back, as whoever sends much waits for room to send more. */
  private static final long LITTLE = 16 * 1024;

  private @Nullable ChannelHandlerContext[] waiting = new @Nullable ChannelHandlerContext[64];
  private int size;

  private LateFlush() {}

  /**
   * Flushes at the end of this turn what was written from here on towards the socket, if it is
   * little. To be called on the connection's event loop.
   */
  public static void of(ChannelHandlerContext handler) {
    if (handler.channel().eventLoop() instanceof SingleThreadEventLoop loop && isLittle(handler)) {
      OF_LOOP.get().add(handler, loop);
    } else {
      handler.flush();
    }
  }

  private static boolean isLittle(ChannelHandlerContext handler) {
    ChannelOutboundBuffer pending = handler.channel().unsafe().outboundBuffer();
    return pending != null && pending.totalPendingWriteBytes() <= LITTLE;
  }

  private void add(ChannelHandlerContext handler, SingleThreadEventLoop loop) {
    if (size == 0) {
      loop.executeAfterEventLoopIteration(this);
    }
    if (size == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * size);
    }
    waiting[size++] = handler;
  }

  /** A flush may cause writes, which are flushed in the same turn. */
  @Override
  public void run() {
    try {
      for (int i = 0; i < size; i++) {
        flush(waiting[i]);
        waiting[i] = null;
      }
    } finally {
      size = 0;
    }
  }

  private static void flush(@Nullable ChannelHandlerContext handler) {
    if (handler != null) {
      handler.flush();
    }
  }
}
