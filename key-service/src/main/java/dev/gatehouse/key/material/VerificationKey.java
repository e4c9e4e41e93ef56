package dev.gatehouse.key.material;

import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;

/**
 * A public key that may be trusted to sign tokens. Each kind checks itself, so that a weak key, or
 * a point off its curve, cannot exist here.
 */
public sealed interface VerificationKey permits RsaKey, EcKey, Ed25519Key {

  /** The one DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) for this key, however it was sent. */
  byte[] subjectPublicKeyInfo();

  /** {@code RSA}, {@code EC} or {@code Ed25519}. */
  String algorithm();

  /** The bits of an RSA modulus. */
  default Optional<Integer> size() {
    return Optional.empty();
  }

  /** The curve of an EC key, as RFC 7518 §6.2.1.1 names it. */
  default Optional<String> curve() {
    return Optional.empty();
  }

  /** The JWS algorithms (RFC 7518 §3.1, RFC 8037 §3.1) that this key can be used with. */
  Set<String> signatureAlgorithms();

  /** The required members as RFC 7638 §3 hashes them: sorted, without white space. */
  String thumbprintInput();

  default KeyId id() {
    try {
      return KeyId.ofSha256(
          MessageDigest.getInstance("SHA-256")
              .digest(thumbprintInput().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  default OpstraceKeyId opstraceId() {
    return OpstraceKeyId.of(subjectPublicKeyInfo());
  }
}
