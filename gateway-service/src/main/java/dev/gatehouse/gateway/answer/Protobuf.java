package dev.gatehouse.gateway.answer;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Writes one message in the wire format of Protocol Buffers, as much of it as we need. */
final class Protobuf {

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private final Buffer bytes = Buffer.buffer();

  Protobuf varint(int field, long value) {
    raw((field << 3) | VARINT);
    raw(value);
    return this;
  }

  Protobuf string(int field, String value) {
    return delimited(field, Buffer.buffer(value.getBytes(StandardCharsets.UTF_8)));
  }

  Protobuf message(int field, Protobuf value) {
    return delimited(field, value.bytes);
  }

  Buffer bytes() {
    return bytes;
  }

  private Protobuf delimited(int field, Buffer value) {
    raw((field << 3) | LENGTH_DELIMITED);
    raw(value.length());
    bytes.appendBuffer(value);
    return this;
  }

  /** Seven bits a byte, the lowest first, each but the last marked. */
  private void raw(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.appendByte((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.appendByte((byte) rest);
  }
}
