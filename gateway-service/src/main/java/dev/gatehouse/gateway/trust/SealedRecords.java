package dev.gatehouse.gateway.trust;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The form of a journal: a head, then records, each sealed with HMAC-SHA256 (RFC 2104) over itself
 * and the seal before it, so that none can be changed, moved, left out or taken from another file.
 * A record's length has a seal of its own: a torn last record can thus be told from a damaged one.
 *
 * <pre>
 * head    magic(8) salt(16) seal(32)
 * record  length(4) type(1) seal of these(8) content(length) seal(32)
 * </pre>
 */
final class SealedRecords {

  static final int SEAL = 32;
  static final int SALT = 16;
  static final int HEAD = 8 + SALT + SEAL;
  static final int OVERHEAD = 4 + 1 + 8 + SEAL;

  private static final byte[] MAGIC = "GHTRUST1".getBytes(StandardCharsets.US_ASCII);
  private static final int SHORT_SEAL = 8;
  private static final int MAX_CONTENT = 1 << 29;

  private final Mac mac;
  private final String feed;

  SealedRecords(byte[] key, String feed) {
    this.feed = feed;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes to write, and the seal that the next record continues. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Written(ByteBuffer bytes, byte[] seal) {}

  /** What was read, and the seal that the next record continues. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Read(byte type, byte[] content, byte[] seal) {
    int size() {
      return OVERHEAD + content.length;
    }
  }

  /** The file was changed by somebody, or damaged; nothing in it can be believed. */
  static sealed class Damaged extends IOException permits OtherKey {
    private static final long serialVersionUID = 1;

    Damaged(String what) {
      super(what);
    }
  }

  /** The file is sealed with another key, or made for another feed, or its head was changed. */
  static final class OtherKey extends Damaged {
    private static final long serialVersionUID = 1;

    OtherKey() {
      super("it is sealed with another key, or for another feed");
    }
  }

  Written head(byte[] salt) {
    byte[] seal = headSeal(salt);
    ByteBuffer bytes = ByteBuffer.allocate(HEAD).put(MAGIC).put(salt).put(seal).flip();
    return new Written(bytes, seal);
  }

  Written record(byte[] before, byte type, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(OVERHEAD + content.length);
    bytes.putInt(content.length).put(type).put(shortSeal(before, type, content.length));
    byte[] seal = seal(before, type, content);
    bytes.put(content).put(seal).flip();
    return new Written(bytes, seal);
  }

  /** The seal of the head. */
  byte[] readHead(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length < HEAD || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new Damaged("it does not begin as a journal");
    }
    byte[] expected = headSeal(Arrays.copyOfRange(head, MAGIC.length, MAGIC.length + SALT));
    byte[] found = Arrays.copyOfRange(head, MAGIC.length + SALT, HEAD);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new OtherKey();
    }
    return found;
  }

  /** The next record; null at the end, also where the last one was cut off while it was written. */
  @Nullable Read readRecord(byte[] before, DataInputStream in) throws IOException {
    byte[] prefix = in.readNBytes(OVERHEAD - SEAL);
    if (prefix.length < OVERHEAD - SEAL) {
      return null;
    }
    ByteBuffer fields = ByteBuffer.wrap(prefix);
    int length = fields.getInt();
    byte type = fields.get();
    byte[] shortSeal = Arrays.copyOfRange(prefix, 5, 5 + SHORT_SEAL);
    if (length < 0
        || length > MAX_CONTENT
        || !MessageDigest.isEqual(shortSeal(before, type, length), shortSeal)) {
      throw new Damaged("the length of a record is not the one that was written");
    }
    byte[] content = in.readNBytes(length);
    byte[] found = new byte[SEAL];
    try {
      in.readFully(found);
    } catch (EOFException e) {
      return null;
    }
    byte[] seal = seal(before, type, content);
    if (!MessageDigest.isEqual(seal, found)) {
      throw new Damaged("a record is not the one that was written");
    }
    return new Read(type, content, seal);
  }

  private byte[] headSeal(byte[] salt) {
    mac.update(MAGIC);
    mac.update(feed.getBytes(StandardCharsets.UTF_8));
    return mac.doFinal(salt);
  }

  private byte[] shortSeal(byte[] before, byte type, int length) {
    mac.update((byte) 'L');
    mac.update(before);
    mac.update(type);
    mac.update(ByteBuffer.allocate(4).putInt(0, length));
    return Arrays.copyOf(mac.doFinal(), SHORT_SEAL);
  }

  private byte[] seal(byte[] before, byte type, byte[] content) {
    mac.update((byte) 'R');
    mac.update(before);
    mac.update(type);
    mac.update(ByteBuffer.allocate(4).putInt(0, content.length));
    return mac.doFinal(content);
  }
}
