package dev.gatehouse.cli.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of key pairs that the command makes. */
enum KeyType {
  /** 128 bits of strength (NIST SP 800-57), as the other two have. */
  RSA("RSA") {
    @Override
    void initialize(KeyPairGenerator generator) {
      generator.initialize(3072);
    }
  },
  /** On P-256. */
  EC("EC") {
    @Override
    void initialize(KeyPairGenerator generator) throws GeneralSecurityException {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
  },
  ED25519("Ed25519") {
    @Override
    void initialize(KeyPairGenerator generator) {}
  };

  private final String algorithm;

  KeyType(String algorithm) {
    this.algorithm = algorithm;
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      initialize(generator);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  abstract void initialize(KeyPairGenerator generator) throws GeneralSecurityException;
}
