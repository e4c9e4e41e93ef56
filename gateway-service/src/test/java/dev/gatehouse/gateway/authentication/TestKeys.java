package dev.gatehouse.gateway.authentication;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.jspecify.annotations.Nullable;

/** Key pairs, made once for all tests of the package. */
final class TestKeys {

  static final KeyPair RSA = rsa(2048, 65537);
  static final KeyPair OTHER_RSA = rsa(2048, 65537);
  static final KeyPair P256 = generate("EC", new ECGenParameterSpec("secp256r1"));
  static final KeyPair OTHER_P256 = generate("EC", new ECGenParameterSpec("secp256r1"));
  static final KeyPair P384 = generate("EC", new ECGenParameterSpec("secp384r1"));
  static final KeyPair P521 = generate("EC", new ECGenParameterSpec("secp521r1"));
  static final KeyPair ED25519 = generate("Ed25519", null);

  private TestKeys() {}

  static KeyPair rsa(int bits, int exponent) {
    return generate("RSA", new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(exponent)));
  }

  static KeyPair generate(String type, @Nullable AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (parameters != null) {
        generator.initialize(parameters);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
