package dev.gatehouse.gateway.authentication;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that a token may use (RFC 7518 §3.1, RFC 8037 §3.1). Everything else,
 * {@code none} and {@code HS*} before all, has no name here and is refused.
 */
enum Algorithm {
  RS256("RS256", "SHA256withRSA", KeyType.RSA, 0),
  RS384("RS384", "SHA384withRSA", KeyType.RSA, 0),
  RS512("RS512", "SHA512withRSA", KeyType.RSA, 0),
  PS256("PS256", "RSASSA-PSS", KeyType.RSA, 256),
  PS384("PS384", "RSASSA-PSS", KeyType.RSA, 384),
  PS512("PS512", "RSASSA-PSS", KeyType.RSA, 512),
  ES256("ES256", "SHA256withECDSAinP1363Format", KeyType.P256, 0),
  ES384("ES384", "SHA384withECDSAinP1363Format", KeyType.P384, 0),
  ES512("ES512", "SHA512withECDSAinP1363Format", KeyType.P521, 0),
  EDDSA("EdDSA", "Ed25519", KeyType.ED25519, 0);

  private final String joseName;
  private final String jcaName;
  private final KeyType keyType;
  private final int pssBits;

  Algorithm(String joseName, String jcaName, KeyType keyType, int pssBits) {
    this.joseName = joseName;
    this.jcaName = jcaName;
    this.keyType = keyType;
    this.pssBits = pssBits;
  }

  /** Names are case-sensitive (RFC 7515 §4.1.1). */
  static Optional<Algorithm> named(String joseName) {
    for (Algorithm algorithm : VALUES) {
      if (algorithm.joseName.equals(joseName)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  String joseName() {
    return joseName;
  }

  /** What the Java Cryptography Architecture calls it. */
  String jcaName() {
    return jcaName;
  }

  KeyType keyType() {
    return keyType;
  }

  /** For PS*: MGF1 with the same hash, and a salt as long as the hash (RFC 7518 §3.5). */
  @Nullable AlgorithmParameterSpec parameters() {
    if (pssBits == 0) {
      return null;
    }
    String hash = "SHA-" + pssBits;
    return new PSSParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), pssBits / 8, PSSParameterSpec.TRAILER_FIELD_BC);
  }

  private static final Algorithm[] VALUES = values();
}
