package dev.gatehouse.key.material;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the few forms of DER (ITU-T X.690) that a SubjectPublicKeyInfo is made of. */
final class DerWriter {

  private static final byte[] NULL = {Der.NULL, 0};

  private DerWriter() {}

  /** {@code SEQUENCE { algorithm, BIT STRING }}. */
  static byte[] subjectPublicKeyInfo(byte[] algorithm, byte[] publicKey) {
    return sequence(algorithm, tagged(Der.BIT_STRING, concat(new byte[] {0}, publicKey)));
  }

  static byte[] sequence(byte[]... parts) {
    return tagged(Der.SEQUENCE, concat(parts));
  }

  static byte[] integer(BigInteger value) {
    return tagged(Der.INTEGER, value.toByteArray());
  }

  static byte[] nothing() {
    return NULL.clone();
  }

  static byte[] oid(Oid oid) {
    return tagged(Der.OID, oid.encoded());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - from));
      out.write(length, from, length.length - from);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
