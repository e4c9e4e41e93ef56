package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import java.math.BigInteger;
import java.util.Optional;

/** Reads DER public keys: SubjectPublicKeyInfo (RFC 5280) and PKCS#1 (RFC 8017 §A.1.1). */
final class SubjectPublicKeyInfo {

  private SubjectPublicKeyInfo() {}

  static VerificationKey parse(byte[] der) {
    DerReader outer = new DerReader(der);
    DerReader info = outer.sequence();
    outer.expectEnd();
    DerReader algorithm = info.sequence();
    Optional<Oid> oid = Oid.of(algorithm.read(Der.OID));
    byte[] key = info.bitString();
    info.expectEnd();
    if (oid.isEmpty()) {
      throw unsupported("of an unknown kind");
    }
    return switch (oid.get()) {
      case RSA -> rsa(algorithm, key);
      case EC -> EcKey.ofPoint(curve(algorithm), key);
      case ED25519 -> ed25519(algorithm, key);
      case RSA_PSS ->
          throw unsupported(
              "bound to RSASSA-PSS by its type; send a plain RSA key, which verifies PS256 too");
      default -> throw unsupported("a " + oid.get().keyName() + " key");
    };
  }

  static RsaKey parseRsa(byte[] der) {
    DerReader outer = new DerReader(der);
    DerReader numbers = outer.sequence();
    outer.expectEnd();
    BigInteger modulus = numbers.integer();
    BigInteger exponent = numbers.integer();
    numbers.expectEnd();
    return new RsaKey(modulus, exponent);
  }

  /** RFC 3279 §2.3.1 asks for NULL parameters; absent ones are common and mean the same. */
  private static RsaKey rsa(DerReader algorithm, byte[] key) {
    if (!algorithm.atEnd() && algorithm.read(Der.NULL).length > 0) {
      throw invalid("The RSA key has parameters that do not belong to it");
    }
    algorithm.expectEnd();
    return parseRsa(key);
  }

  private static Ed25519Key ed25519(DerReader algorithm, byte[] key) {
    algorithm.expectEnd();
    return Ed25519Key.ofOctets(key);
  }

  private static Curve curve(DerReader algorithm) {
    if (algorithm.nextTag() != Der.OID) {
      throw invalid(
          "The EC key spells its curve out; send it with a named one:"
              + " openssl ec -pubin -in key.pem -param_enc named_curve");
    }
    Optional<Oid> oid = Oid.of(algorithm.read(Der.OID));
    algorithm.expectEnd();
    return oid.flatMap(Curve::of)
        .orElseThrow(
            () -> unsupported("on the curve " + oid.map(Oid::keyName).orElse("of another kind")));
  }

  private static RuntimeException unsupported(String what) {
    return invalid(
        "The key is "
            + what
            + "; accepted are RSA of 2048 to 8192 bits, EC on P-256, P-384 or P-521, and Ed25519");
  }
}
