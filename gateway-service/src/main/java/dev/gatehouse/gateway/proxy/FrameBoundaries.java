package dev.gatehouse.gateway.proxy;

import io.vertx.core.buffer.Buffer;

/**
 * Knows where one side of a WebSocket stands between two frames (RFC 6455 §5.2), by their headers
 * alone: there, and only there, a frame of our own may be put in. Payloads are skipped, not read.
 */
final class FrameBoundaries {

  private static final int OPCODE = 0x0f;
  private static final int CLOSE = 0x8;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int MASK_BYTES = 4;

  private int headerBytes;
  private int lengthBytesLeft;
  private int maskBytesLeft;
  private long payloadLeft;
  private boolean closed;

  /** Whether whatever comes next begins a frame. */
  boolean isBetweenFrames() {
    return headerBytes == 0;
  }

  /** Whether a close frame was begun: nothing may follow it (RFC 6455 §5.5.1). */
  boolean isClosed() {
    return closed;
  }

  void take(Buffer chunk) {
    int at = 0;
    while (at < chunk.length()) {
      at = takeFrame(chunk, at);
    }
  }

  /**
   * Takes what there is of one frame.
   *
   * @return the position behind it
   */
  int takeFrame(Buffer chunk, int from) {
    int at = from;
    while (at < chunk.length()) {
      if (isInPayload()) {
        int skipped = (int) Math.min(payloadLeft, chunk.length() - at);
        payloadLeft -= skipped;
        at += skipped;
      } else {
        takeHeader(chunk.getUnsignedByte(at));
        at++;
      }
      if (isInPayload() && payloadLeft == 0) {
        headerBytes = 0;
        return at;
      }
    }
    return at;
  }

  private boolean isInPayload() {
    return headerBytes >= 2 && lengthBytesLeft == 0 && maskBytesLeft == 0;
  }

  private void takeHeader(int octet) {
    if (headerBytes == 0) {
      closed |= (octet & OPCODE) == CLOSE;
    } else if (headerBytes == 1) {
      int length = octet & LENGTH;
      lengthBytesLeft = length == LENGTH_IN_8_BYTES ? 8 : length == LENGTH_IN_2_BYTES ? 2 : 0;
      maskBytesLeft = (octet & MASKED) != 0 ? MASK_BYTES : 0;
      payloadLeft = lengthBytesLeft == 0 ? length : 0;
    } else if (lengthBytesLeft > 0) {
      lengthBytesLeft--;
      payloadLeft = (payloadLeft << 8 | octet) & Long.MAX_VALUE;
    } else {
      maskBytesLeft--;
    }
    headerBytes++;
  }
}
