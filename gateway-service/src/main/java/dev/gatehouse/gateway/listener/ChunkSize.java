package dev.gatehouse.gateway.listener;

import io.netty.buffer.ByteBuf;

/** The line before a chunk (RFC 9112 §7.1): its size, and extensions that nobody uses. */
final class ChunkSize {

  private ChunkSize() {}

  /**
   * Whether everybody reads the same size here. A line that has not come completely is sound as
   * long as what has come is.
   */
  static boolean isSound(ByteBuf bytes) {
    int end = bytes.writerIndex();
    int at = bytes.readerIndex();
    long size = 0;
    int digits = 0;
    for (; at < end; at++, digits++) {
      int digit = Character.digit(bytes.getByte(at), 16);
      if (digit < 0) {
        break;
      }
      size = size * 16 + digit;
      if (size > Integer.MAX_VALUE) {
        return false;
      }
    }
    return at == end || (digits > 0 && isRestSound(bytes, at, end));
  }

  private static boolean isRestSound(ByteBuf bytes, int from, int end) {
    boolean extensions = false;
    for (int at = from; at < end; at++) {
      byte c = bytes.getByte(at);
      if (c == '\r') {
        return at + 1 == end || bytes.getByte(at + 1) == '\n';
      }
      extensions |= c == ';';
      boolean blank = c == ' ' || c == '\t';
      if (!blank && (!extensions || c <= ' ' || c == 0x7f)) {
        return false;
      }
    }
    return true;
  }
}
