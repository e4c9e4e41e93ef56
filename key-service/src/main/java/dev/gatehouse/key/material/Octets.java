package dev.gatehouse.key.material;

import java.math.BigInteger;

/** Numbers that are not negative, as a fixed number of octets. */
final class Octets {

  private Octets() {}

  static byte[] bigEndian(BigInteger value, int length) {
    byte[] signed = value.toByteArray();
    int skip = signed.length > length ? 1 : 0;
    byte[] octets = new byte[length];
    System.arraycopy(signed, skip, octets, length - (signed.length - skip), signed.length - skip);
    return octets;
  }

  static byte[] reversed(byte[] octets) {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }
}
