package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unauthenticated;
import java.util.Arrays;

/**
 * Base64url without padding, in canonical form only (RFC 4648 §3.5, RFC 7515 §2). The JDK's decoder
 * ignores stray bits, so that several texts would stand for the same token.
 */
final class Base64Url {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] SEXTETS = sextets();

  private Base64Url() {}

  /**
   * @throws Unauthenticated {@code token_malformed}
   */
  static byte[] decode(String text, int from, int to) {
    int length = to - from;
    int tail = length & 3;
    if (tail == 1) {
      throw notCanonical();
    }
    byte[] bytes = new byte[(int) (length * 3L / 4)];
    int out = 0;
    int in = from;
    for (int end = to - tail; in < end; in += 4) {
      int bits =
          sextet(text, in) << 18
              | sextet(text, in + 1) << 12
              | sextet(text, in + 2) << 6
              | sextet(text, in + 3);
      bytes[out++] = (byte) (bits >> 16);
      bytes[out++] = (byte) (bits >> 8);
      bytes[out++] = (byte) bits;
    }
    if (tail > 0) {
      int bits = sextet(text, in) << 12 | sextet(text, in + 1) << 6;
      if (tail == 3) {
        bits |= sextet(text, in + 2);
      }
      bytes[out++] = (byte) (bits >> 10);
      if (tail == 3) {
        bytes[out] = (byte) (bits >> 2);
      }
      int stray = tail == 3 ? bits & 0x3 : bits & 0x3ff;
      if (stray != 0) {
        throw notCanonical();
      }
    }
    return bytes;
  }

  private static int sextet(String text, int index) {
    char c = text.charAt(index);
    int sextet = c < SEXTETS.length ? SEXTETS[c] : -1;
    if (sextet < 0) {
      throw notCanonical();
    }
    return sextet;
  }

  private static Unauthenticated notCanonical() {
    return new Unauthenticated(
        ErrorCode.TOKEN_MALFORMED, "A part of the token is not canonical base64url");
  }

  private static byte[] sextets() {
    byte[] table = new byte[128];
    Arrays.fill(table, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      table[ALPHABET.charAt(i)] = (byte) i;
    }
    return table;
  }
}
