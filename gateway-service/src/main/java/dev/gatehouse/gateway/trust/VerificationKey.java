package dev.gatehouse.gateway.trust;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signatures are verified with. Kept as its DER SubjectPublicKeyInfo (RFC 5280
 * §4.1) until it is first used: of 100,000 keys most never are.
 */
public final class VerificationKey {

  /** DER of the algorithm's object identifier, in hex, and what the JDK calls it. */
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "06092a864886f70d010101", "RSA",
          "06092a864886f70d01010a", "RSASSA-PSS",
          "06072a8648ce3d0201", "EC",
          "06032b6570", "Ed25519");

  private final byte[] spki;
  private final Optional<String> algorithm;
  private final String type;
  private volatile @Nullable PublicKey parsed;

  private VerificationKey(byte[] spki, Optional<String> algorithm) {
    this.spki = spki;
    this.algorithm = algorithm;
    this.type = typeOf(spki);
  }

  /**
   * @throws IllegalArgumentException when this is not base64 of a SubjectPublicKeyInfo of a type
   *     that Gatehouse knows
   */
  static VerificationKey of(String base64Spki, Optional<String> algorithm) {
    return new VerificationKey(Base64.getDecoder().decode(base64Spki), algorithm);
  }

  /**
   * The key, parsed once; always the same object.
   *
   * @throws IllegalArgumentException when the bytes are no valid key
   */
  public PublicKey publicKey() {
    PublicKey key = parsed;
    return key == null ? parse() : key;
  }

  /** The one algorithm that the key's JWK names ({@code alg}, RFC 7517 §4.4). */
  public Optional<String> algorithm() {
    return algorithm;
  }

  boolean sameAs(VerificationKey other) {
    return Arrays.equals(spki, other.spki) && algorithm.equals(other.algorithm);
  }

  private synchronized PublicKey parse() {
    PublicKey key = parsed;
    if (key == null) {
      try {
        key = KeyParser.parse(type, spki);
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException("Not a valid " + type + " key", e);
      }
      parsed = key;
    }
    return key;
  }

  private static String typeOf(byte[] spki) {
    int oid = content(spki, content(spki, 0));
    int end = oid + 1 < spki.length ? oid + 2 + spki[oid + 1] : -1;
    if (oid <= 0 || end <= oid || end > spki.length) {
      throw new IllegalArgumentException("Not a SubjectPublicKeyInfo");
    }
    String type = ALGORITHMS.get(HexFormat.of().formatHex(spki, oid, end));
    if (type == null) {
      throw new IllegalArgumentException("A key of an unknown type");
    }
    return type;
  }

  /** Where the content of the DER sequence at {@code at} begins, or -1. */
  private static int content(byte[] der, int at) {
    if (at < 0 || at + 1 >= der.length || der[at] != 0x30) {
      return -1;
    }
    int length = der[at + 1] & 0xff;
    return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
  }
}
