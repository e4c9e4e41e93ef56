package dev.gatehouse.key.material;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The curves of RFC 7518 §3.4, all of cofactor 1: a point on the curve is in the right group. */
enum Curve {
  P256(Oid.P256, "secp256r1", "ES256"),
  P384(Oid.P384, "secp384r1", "ES384"),
  P521(Oid.P521, "secp521r1", "ES512");

  private final Oid oid;
  private final String signatureAlgorithm;
  private final BigInteger prime;
  private final BigInteger a;
  private final BigInteger b;

  Curve(Oid oid, String standardName, String signatureAlgorithm) {
    this.oid = oid;
    this.signatureAlgorithm = signatureAlgorithm;
    ECParameterSpec spec = parameters(standardName);
    this.prime = ((ECFieldFp) spec.getCurve().getField()).getP();
    this.a = spec.getCurve().getA();
    this.b = spec.getCurve().getB();
  }

  static Optional<Curve> of(Oid oid) {
    return Arrays.stream(values()).filter(curve -> curve.oid == oid).findFirst();
  }

  static Optional<Curve> ofJwkName(String name) {
    return Arrays.stream(values()).filter(curve -> curve.jwkName().equals(name)).findFirst();
  }

  Oid oid() {
    return oid;
  }

  String jwkName() {
    return oid.keyName();
  }

  String signatureAlgorithm() {
    return signatureAlgorithm;
  }

  int coordinateLength() {
    return (prime.bitLength() + 7) / 8;
  }

  /** Whether {@code y² = x³ + ax + b} with both in the field. */
  boolean contains(BigInteger x, BigInteger y) {
    return isInField(x)
        && isInField(y)
        && y.multiply(y).mod(prime).equals(x.multiply(x).add(a).multiply(x).add(b).mod(prime));
  }

  private boolean isInField(BigInteger value) {
    return value.signum() >= 0 && value.compareTo(prime) < 0;
  }

  private static ECParameterSpec parameters(String standardName) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(standardName));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
