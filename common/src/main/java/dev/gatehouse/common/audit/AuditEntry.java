package dev.gatehouse.common.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An entry as it is stored.
 *
 * @param sequence from 1, without gaps
 * @param previous the hash of the entry before; lower-case hex
 * @param hash SHA-256 over {@code previous}, {@code sequence} and {@code content}, joined by line
 *     feeds; lower-case hex
 * @param content JSON text, hashed byte for byte
 */
record AuditEntry(long sequence, String previous, String hash, String content) {

  /** What stands in the place of the hash before the first entry. */
  static final String NO_HASH = "0".repeat(64);

  static AuditEntry next(String previous, long sequence, String content) {
    return new AuditEntry(sequence, previous, hash(previous, sequence, content), content);
  }

  static String hash(String previous, long sequence, String content) {
    String text = previous + "\n" + sequence + "\n" + content;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
