package dev.gatehouse.gateway.trust;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/** Public keys, cheap to make. */
final class TestKeys {

  private TestKeys() {}

  static PublicKey ed25519() {
    return generated("Ed25519");
  }

  static PublicKey ec() {
    return generated("EC");
  }

  static PublicKey rsa() {
    return generated("RSA");
  }

  private static PublicKey generated(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
