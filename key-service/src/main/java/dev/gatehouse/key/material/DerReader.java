package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER strictly: definite, shortest lengths (ITU-T X.690 §10.1), nothing beyond the end.
 *
 * <p>The JDK's own reader is not used, because it neither says which kind of key it was given, nor
 * checks that a point is on its curve.
 */
final class DerReader {

  private final byte[] bytes;
  private final int end;
  private int position;

  DerReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private DerReader(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  boolean atEnd() {
    return position == end;
  }

  /** The tag of the next element; -1 at the end. */
  int nextTag() {
    return atEnd() ? -1 : bytes[position] & 0xff;
  }

  DerReader sequence() {
    int length = header(Der.SEQUENCE);
    DerReader content = new DerReader(bytes, position, position + length);
    position += length;
    return content;
  }

  byte[] read(int tag) {
    int length = header(tag);
    byte[] content = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return content;
  }

  BigInteger integer() {
    byte[] content = read(Der.INTEGER);
    if (content.length == 0 || (content.length > 1 && content[0] == 0 && content[1] >= 0)) {
      throw malformed();
    }
    return new BigInteger(content);
  }

  /** The content of a BIT STRING of whole octets. */
  byte[] bitString() {
    byte[] content = read(Der.BIT_STRING);
    if (content.length == 0 || content[0] != 0) {
      throw malformed();
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }

  void expectEnd() {
    if (!atEnd()) {
      throw malformed();
    }
  }

  private int header(int tag) {
    if (nextTag() != tag) {
      throw malformed();
    }
    position++;
    int length = length();
    if (length > end - position) {
      throw malformed();
    }
    return length;
  }

  private int length() {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int octets = first & 0x7f;
    if (octets == 0 || octets > 3) {
      throw malformed();
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | octet();
    }
    if (length < 0x80 || length < 1 << (8 * (octets - 1))) {
      throw malformed();
    }
    return length;
  }

  private int octet() {
    if (atEnd()) {
      throw malformed();
    }
    return bytes[position++] & 0xff;
  }

  private static RuntimeException malformed() {
    return invalid("The key is damaged: it is not a well-formed DER SubjectPublicKeyInfo");
  }
}
