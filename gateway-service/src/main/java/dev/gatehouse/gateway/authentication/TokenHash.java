package dev.gatehouse.gateway.authentication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The SHA-256 of a token. Caches are keyed by it, so that a heap dump of them holds nothing that
 * opens a door.
 */
record TokenHash(long a, long b, long c, long d) {

  private static final int BYTES = 32;

  /** Keeps those who can choose tokens from choosing which of them collide in a hash table. */
  private static final long SEED_A = new SecureRandom().nextLong() | 1;

  private static final long SEED_B = new SecureRandom().nextLong() | 1;

  static TokenHash of(String token) {
    return Digest.OF_THREAD.get().hash(token);
  }

  /** The SHA-256 of any bytes, as revocations name it: lower-case hex. */
  static String hex(byte[] bytes) {
    return Digest.OF_THREAD.get().hex(bytes);
  }

  @Override
  public int hashCode() {
    return (int) ((a * SEED_A + b * SEED_B) >>> 32);
  }

  @Override
  public String toString() {
    return "TokenHash";
  }

  private static final class Digest {

    static final ThreadLocal<Digest> OF_THREAD = ThreadLocal.withInitial(Digest::new);
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest sha256;
    private final byte[] out = new byte[BYTES];

    private Digest() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Characters beyond Latin-1 become '?', which no token that is accepted can hold. */
    TokenHash hash(String token) {
      sha256.update(token.getBytes(StandardCharsets.ISO_8859_1));
      try {
        sha256.digest(out, 0, BYTES);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      return new TokenHash(at(0), at(8), at(16), at(24));
    }

    String hex(byte[] bytes) {
      return HexFormat.of().formatHex(sha256.digest(bytes));
    }

    private long at(int index) {
      return (long) LONG.get(out, index);
    }
  }
}
