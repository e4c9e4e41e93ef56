package dev.gatehouse.common.feed;

import dev.gatehouse.common.apikey.AuthApiKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * A text with a key's word for it: HMAC-SHA256 in lower-case hex with a key derived from the API
 * key. While that is being rotated the word is given with both keys, joined by a dot, so that
 * whoever holds only one of them can tell.
 */
final class Mac {

  private static final String ALGORITHM = "HmacSHA256";

  private Mac() {}

  static String of(AuthApiKey key, String purpose, String text) {
    String current = hex(key.derive(purpose), text);
    String previous = hex(key.derivePrevious(purpose), text);
    return current.equals(previous) ? current : current + "." + previous;
  }

  static boolean verifies(AuthApiKey key, String purpose, String text, String mac) {
    byte[] current = bytes(hex(key.derive(purpose), text));
    byte[] previous = bytes(hex(key.derivePrevious(purpose), text));
    boolean verifies = false;
    for (String part : mac.split("\\.", 2)) {
      verifies |= MessageDigest.isEqual(current, bytes(part));
      verifies |= MessageDigest.isEqual(previous, bytes(part));
    }
    return verifies;
  }

  private static String hex(byte[] key, String text) {
    try {
      javax.crypto.Mac mac = javax.crypto.Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(bytes(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
