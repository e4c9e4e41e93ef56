package dev.gatehouse.cli.key;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * As much of DER (ITU-T X.690) as it takes to put a traditional key into the envelope that the JDK
 * reads, and to see which algorithm an envelope is for.
 */
final class Der {

  static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d010101");
  static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");
  static final byte[] NULL = {5, 0};

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  private static final int CONTEXT_0 = 0xa0;

  private Der() {}

  static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    writeLength(value, content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  /** PKCS#8 (RFC 5208) around an RSAPrivateKey (RFC 8017 A.1.2). */
  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    return pkcs8(of(SEQUENCE, RSA, NULL), pkcs1);
  }

  /** PKCS#8 around an ECPrivateKey (RFC 5915), which must name its curve. */
  static byte[] pkcs8OfEc(byte[] sec1) {
    Reader fields = new Reader(sec1).inside(SEQUENCE);
    fields.skip(INTEGER);
    fields.skip(OCTET_STRING);
    byte[] curve = fields.inside(CONTEXT_0).whole(OBJECT_IDENTIFIER);
    return pkcs8(of(SEQUENCE, EC, curve), sec1);
  }

  /** SubjectPublicKeyInfo around an RSAPublicKey (RFC 8017 A.1.1). */
  static byte[] spkiOfRsa(byte[] pkcs1) {
    byte[] noUnusedBits = {0};
    return of(SEQUENCE, of(SEQUENCE, RSA, NULL), of(BIT_STRING, noUnusedBits, pkcs1));
  }

  /** The name of the key factory that reads this PKCS#8 structure. */
  static String algorithmOfPkcs8(byte[] pkcs8) {
    Reader fields = new Reader(pkcs8).inside(SEQUENCE);
    fields.skip(INTEGER);
    return algorithm(fields);
  }

  /** The name of the key factory that reads this SubjectPublicKeyInfo. */
  static String algorithmOfSpki(byte[] spki) {
    return algorithm(new Reader(spki).inside(SEQUENCE));
  }

  private static String algorithm(Reader fields) {
    byte[] identifier = fields.inside(SEQUENCE).whole(OBJECT_IDENTIFIER);
    if (Arrays.equals(identifier, RSA)) {
      return "RSA";
    }
    if (Arrays.equals(identifier, EC)) {
      return "EC";
    }
    if (Arrays.equals(identifier, ED25519)) {
      return "Ed25519";
    }
    throw new MalformedKeyException("is of a kind that is not supported: use RSA, EC or Ed25519");
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    byte[] version = {INTEGER, 1, 0};
    return of(SEQUENCE, version, algorithm, of(OCTET_STRING, key));
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
  }

  /** Walks through one level of a structure. */
  private static final class Reader {

    private final byte[] bytes;
    private int position;
    private final int end;

    Reader(byte[] bytes) {
      this(bytes, 0, bytes.length);
    }

    private Reader(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.position = start;
      this.end = end;
    }

    Reader inside(int tag) {
      int contentEnd = header(tag);
      Reader inner = new Reader(bytes, position, contentEnd);
      position = contentEnd;
      return inner;
    }

    void skip(int tag) {
      position = header(tag);
    }

    /** The value with its tag and length. */
    byte[] whole(int tag) {
      int start = position;
      skip(tag);
      return Arrays.copyOfRange(bytes, start, position);
    }

    /** Moves behind tag and length, and returns where the content ends. */
    private int header(int tag) {
      if (next() != tag) {
        throw malformed();
      }
      int length = next();
      if (length > 0x82 || length == 0x80) {
        throw malformed();
      }
      if (length > 0x80) {
        int octets = length - 0x80;
        length = 0;
        for (int i = 0; i < octets; i++) {
          length = length << 8 | next();
        }
      }
      if (length > end - position) {
        throw malformed();
      }
      return position + length;
    }

    private int next() {
      if (position >= end) {
        throw malformed();
      }
      return bytes[position++] & 0xff;
    }

    private static MalformedKeyException malformed() {
      return new MalformedKeyException("is damaged, or not what its PEM label says");
    }
  }
}
