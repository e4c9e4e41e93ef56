package dev.gatehouse.gateway.request;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A name for one request, in answers and logs: 16 hex digits. It finds things again and protects
 * nothing, so it need not be secret.
 */
public final class RequestId {

  public static final String HEADER = "X-Request-Id";

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private RequestId() {}

  public static String next() {
    long random = ThreadLocalRandom.current().nextLong();
    char[] digits = new char[16];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = HEX[(int) (random >>> (60 - 4 * i)) & 0xf];
    }
    return new String(digits);
  }
}
