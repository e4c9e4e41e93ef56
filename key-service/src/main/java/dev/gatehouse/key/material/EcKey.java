package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/** A point on one of the NIST curves; the point at infinity has no coordinates and no form here. */
record EcKey(Curve namedCurve, BigInteger x, BigInteger y) implements VerificationKey {

  private static final byte UNCOMPRESSED = 4;

  EcKey {
    if (!namedCurve.contains(x, y)) {
      throw invalid("The EC key is not a point on the curve " + namedCurve.jwkName());
    }
  }

  /** Reads an uncompressed point (SEC 1 §2.3.3). */
  static EcKey ofPoint(Curve curve, byte[] point) {
    int length = curve.coordinateLength();
    if (point.length == 1 && point[0] == 0) {
      throw invalid("The EC key is the point at infinity, which is no key");
    }
    if (point.length == 1 + length && (point[0] == 2 || point[0] == 3)) {
      throw invalid(
          "The EC key is a compressed point; send the uncompressed one:"
              + " openssl ec -pubin -in key.pem -conv_form uncompressed");
    }
    if (point.length != 1 + 2 * length || point[0] != UNCOMPRESSED) {
      throw invalid("The EC key is not an uncompressed point of " + curve.jwkName());
    }
    return new EcKey(
        curve, new BigInteger(1, point, 1, length), new BigInteger(1, point, 1 + length, length));
  }

  @Override
  public byte[] subjectPublicKeyInfo() {
    int length = namedCurve.coordinateLength();
    byte[] point = new byte[1 + 2 * length];
    point[0] = UNCOMPRESSED;
    System.arraycopy(Octets.bigEndian(x, length), 0, point, 1, length);
    System.arraycopy(Octets.bigEndian(y, length), 0, point, 1 + length, length);
    return DerWriter.subjectPublicKeyInfo(
        DerWriter.sequence(DerWriter.oid(Oid.EC), DerWriter.oid(namedCurve.oid())), point);
  }

  @Override
  public String algorithm() {
    return "EC";
  }

  @Override
  public Optional<String> curve() {
    return Optional.of(namedCurve.jwkName());
  }

  @Override
  public Set<String> signatureAlgorithms() {
    return Set.of(namedCurve.signatureAlgorithm());
  }

  @Override
  public String thumbprintInput() {
    return "{\"crv\":\""
        + namedCurve.jwkName()
        + "\",\"kty\":\"EC\",\"x\":\""
        + Base64Url.ofNumber(x, namedCurve.coordinateLength())
        + "\",\"y\":\""
        + Base64Url.ofNumber(y, namedCurve.coordinateLength())
        + "\"}";
  }
}
