package dev.gatehouse.key.material;

import java.math.BigInteger;
import java.util.Base64;

/** Numbers as JWKs write them (RFC 7518 §2, {@code Base64urlUInt}). */
final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Base64Url() {}

  static String of(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** In as few octets as possible. */
  static String ofNumber(BigInteger value) {
    return of(Octets.bigEndian(value, (value.bitLength() + 7) / 8));
  }

  /** In exactly so many octets. */
  static String ofNumber(BigInteger value, int length) {
    return of(Octets.bigEndian(value, length));
  }
}
