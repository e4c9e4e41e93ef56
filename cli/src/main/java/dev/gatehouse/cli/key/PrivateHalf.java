package dev.gatehouse.cli.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/** A private key and the public half that belongs to it. It never shows the key. */
public final class PrivateHalf {

  private final PrivateKey key;
  private final PublicHalf publicHalf;

  private PrivateHalf(PrivateKey key, PublicHalf publicHalf) {
    this.key = key;
    this.publicHalf = publicHalf;
  }

  static PrivateHalf of(KeyPair pair) {
    return new PrivateHalf(pair.getPrivate(), new PublicHalf(pair.getPublic()));
  }

  static PrivateHalf ofPkcs8(byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance(Der.algorithmOfPkcs8(pkcs8));
      PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new PrivateHalf(key, new PublicHalf(derivePublic(factory, key)));
    } catch (GeneralSecurityException e) {
      throw new MalformedKeyException("holds a private key that cannot be read");
    }
  }

  public PublicHalf publicHalf() {
    return publicHalf;
  }

  /** The JWS algorithm (RFC 7518 §3.1, RFC 8037) that this key signs with. */
  public String algorithm() {
    if (key instanceof ECPrivateKey ec) {
      return switch (Curve.of(ec.getParams())) {
        case P_256 -> "ES256";
        case P_384 -> "ES384";
        case P_521 -> "ES512";
      };
    }
    return key instanceof EdECPrivateKey ? "EdDSA" : "RS256";
  }

  /** A signature in the form of JWS: that of an EC key is r and s side by side. */
  public byte[] sign(byte[] input) {
    try {
      Signature signature = Signature.getInstance(signatureName());
      signature.initSign(key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new MalformedKeyException("holds a private key that cannot sign");
    }
  }

  String pem() {
    return Pem.encode("PRIVATE KEY", key.getEncoded());
  }

  @Override
  public String toString() {
    return "PrivateHalf[" + publicHalf.id() + "]";
  }

  private String signatureName() {
    return switch (algorithm()) {
      case "ES256" -> "SHA256withECDSAinP1363Format";
      case "ES384" -> "SHA384withECDSAinP1363Format";
      case "ES512" -> "SHA512withECDSAinP1363Format";
      case "EdDSA" -> "Ed25519";
      default -> "SHA256withRSA";
    };
  }

  private static PublicKey derivePublic(KeyFactory factory, PrivateKey key)
      throws GeneralSecurityException {
    if (key instanceof RSAPrivateCrtKey rsa) {
      return factory.generatePublic(
          new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    }
    if (key instanceof ECPrivateKey ec) {
      return factory.generatePublic(new ECPublicKeySpec(Curve.publicPoint(ec), ec.getParams()));
    }
    if (key instanceof EdECPrivateKey ed) {
      return deriveEd25519(ed);
    }
    throw new MalformedKeyException(
        "holds a private key without what its public half is made from");
  }

  /**
   * The JDK computes a public key only while it generates a pair, so the pair is generated again,
   * with the seed in the place of the random bytes. Should some provider draw them otherwise, the
   * comparison shows it.
   */
  private static PublicKey deriveEd25519(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed = key.getBytes().orElseThrow();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
    KeyPair pair = generator.generateKeyPair();
    byte[] again = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    if (!Arrays.equals(seed, again)) {
      throw new IllegalStateException("This JDK draws Ed25519 seeds in an unknown way");
    }
    return pair.getPublic();
  }

  @SuppressWarnings("serial") // Never leaves the method that makes it.
  private static final class Seed extends SecureRandom {

    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
    }
  }
}
